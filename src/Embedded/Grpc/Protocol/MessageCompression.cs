using System.Buffers;
using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Protocol;

/// <summary>Compresses and decompresses single messages in pooled buffers.</summary>
internal static class MessageCompression
{
    private const int ReadSize = 4096;

    public static void Compress(ICompressionProvider provider, CompressionLevel? level, ReadOnlySpan<byte> payload, PooledBufferWriter target)
    {
        using var output = new BufferWriterStream(target);
        using var compression = provider.CreateCompressionStream(output, level);
        compression.Write(payload);
    }

    /// <exception cref="GrpcProtocolException">The data is damaged, or its content is over the limit.</exception>
    public static void Decompress(ICompressionProvider provider, in ReadOnlySequence<byte> payload, PooledBufferWriter target, int? maxLength)
    {
        try
        {
            using var input = new SequenceStream(payload);
            using var decompression = provider.CreateDecompressionStream(input);
            while (true)
            {
                var read = decompression.Read(target.GetSpan(ReadSize));
                if (read == 0) return;
                target.Advance(read);

                // A few kilobytes may decompress to gigabytes: the limit holds while they come.
                if (target.WrittenCount > maxLength)
                {
                    throw new GrpcProtocolException(
                        StatusCode.ResourceExhausted, MessagePrefix.MessageTooLong("Received", target.WrittenCount, maxLength.Value));
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new GrpcProtocolException(StatusCode.Internal, $"Failed to decompress a message: {e.Message}", e);
        }
    }
}
