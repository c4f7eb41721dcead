using System.Buffers;
using Grpc.Net.Compression;

namespace Grpc.Protocol;

/// <summary>Serializes one message after another, each with its prefix, into a pooled buffer.</summary>
/// <param name="compression">Null for none.</param>
/// <param name="maxMessageLength">Bytes before compression.</param>
internal sealed class MessageSerializer(ICompressionProvider? compression, int? maxMessageLength) : SerializationContext
{
    private readonly PooledBufferWriter _buffer = new();
    private PooledBufferWriter? _compressed;
    private bool _completed;

    /// <value>Prefix and payload of the last message.</value>
    public ReadOnlyMemory<byte> Framed { get; private set; }

    /// <exception cref="GrpcProtocolException">The message is over the limit, or its marshaller failed.</exception>
    public void Serialize<T>(T message, Action<T, SerializationContext> serializer, WriteFlags flags)
    {
        _completed = false;
        Begin(_buffer);
        try
        {
            serializer(message, this);
        }
        catch (Exception e) when (e is not GrpcProtocolException)
        {
            throw new GrpcProtocolException(StatusCode.Internal, $"Failed to serialize a {typeof(T).Name}: {e.Message}", e);
        }

        if (!_completed) throw new GrpcProtocolException(StatusCode.Internal, $"The serializer of {typeof(T).Name} did not call Complete.");
        var payload = _buffer.WrittenMemory[GrpcProtocol.MessagePrefixLength..];
        MessagePrefix.CheckSendLength(payload.Length, maxMessageLength);
        if (compression is null || flags.HasFlag(WriteFlags.NoCompress)) End(_buffer, compressed: false);
        else Compress(compression, payload.Span);
    }

    public override void SetPayloadLength(int payloadLength)
    {
        MessagePrefix.CheckSendLength(payloadLength, maxMessageLength);
        _buffer.EnsureCapacity(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void Complete() => _completed = true;

    public override void Complete(byte[] payload)
    {
        SetPayloadLength(payload.Length);
        _buffer.Write(payload);
        _completed = true;
    }

    /// <summary>Gives the buffers back until the next message.</summary>
    public void Release()
    {
        Framed = default;
        _buffer.Release();
        _compressed?.Release();
    }

    private static void Begin(PooledBufferWriter buffer)
    {
        buffer.Clear();
        buffer.GetSpan(GrpcProtocol.MessagePrefixLength);
        buffer.Advance(GrpcProtocol.MessagePrefixLength);
    }

    private void Compress(ICompressionProvider provider, ReadOnlySpan<byte> payload)
    {
        Begin(_compressed ??= new PooledBufferWriter());
        MessageCompression.Compress(provider, null, payload, _compressed);
        End(_compressed, compressed: true);
    }

    private void End(PooledBufferWriter buffer, bool compressed)
    {
        MessagePrefix.Write(buffer.WrittenMemory.Span, compressed, buffer.WrittenCount - GrpcProtocol.MessagePrefixLength);
        Framed = buffer.WrittenMemory;
    }
}
