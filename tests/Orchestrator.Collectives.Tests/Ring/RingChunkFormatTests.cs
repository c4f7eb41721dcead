using System.Buffers;
using Google.Protobuf;
using Orchestrator.Collectives.Ring;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Tests.Ring;

public sealed class RingChunkFormatTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 2, 3, 4)]
    [InlineData(long.MaxValue, int.MaxValue, long.MaxValue, 300)]
    public void WriteHeader_ThenData_IsARingChunk(long call, int step, long offset, int length)
    {
        var data = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        var header = new byte[RingChunkFormat.MaxHeaderBytes];
        var written = RingChunkFormat.WriteHeader(header, new() { Call = call, Step = step, Offset = offset, Length = length });

        var parsed = RingChunk.Parser.ParseFrom([.. header[..written], .. data]);

        Assert.Equal(new RingChunk { Call = (ulong)call, Step = (uint)step, Offset = (ulong)offset, Data = ByteString.CopyFrom(data) }, parsed);
    }

    [Fact]
    public void Read_RingChunkWithUnknownFields_SkipsThem()
    {
        var chunk = new RingChunk { Call = 300, Step = 5, Offset = 1L << 40, Data = ByteString.CopyFromUtf8("hello") };
        byte[] unknown = [5 << 3, 200, 1, (6 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8, (7 << 3) | 2, 2, 9, 9, (8 << 3) | 5, 1, 2, 3, 4];

        var header = RingChunkFormat.Read(Split([.. chunk.ToByteArray(), .. unknown]));

        Assert.Equal((300UL, 5UL, 1UL << 40), (header.Call, header.Step, header.Offset));
        Assert.Equal("hello"u8, header.Data.ToArray());
    }

    [Fact]
    public void Read_AnyBytes_ReadsOrSaysWhatIsWrong()
    {
        var random = new Random(7);
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            try
            {
                Assert.True(RingChunkFormat.Read(Split(bytes)).Data.Length <= bytes.Length);
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("A ring chunk", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    // One byte for each part: the worst that a transport may hand over.
    internal static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        if (bytes.Length == 0)
            return ReadOnlySequence<byte>.Empty;
        var first = new Part(bytes.AsMemory(0, 1), 0);
        var last = first;
        for (var i = 1; i < bytes.Length; i++)
            last = last.Append(bytes.AsMemory(i, 1));
        return new(first, 0, last, 1);
    }

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Part Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Part(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
