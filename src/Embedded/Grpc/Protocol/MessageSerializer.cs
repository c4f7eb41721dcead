using System.Buffers;

namespace Grpc.Protocol;

/// <summary>Serializes one message after another, each with its prefix, into a pooled buffer.</summary>
internal sealed class MessageSerializer(int? maxMessageLength) : SerializationContext
{
    private readonly PooledBufferWriter _buffer = new();
    private bool _completed;

    /// <value>Prefix and payload of the last message.</value>
    public ReadOnlyMemory<byte> Framed => _buffer.WrittenMemory;

    /// <exception cref="GrpcProtocolException">The message is over the limit, or its marshaller failed.</exception>
    public void Serialize<T>(T message, Action<T, SerializationContext> serializer)
    {
        _buffer.Clear();
        _completed = false;
        _buffer.GetSpan(GrpcProtocol.MessagePrefixLength);
        _buffer.Advance(GrpcProtocol.MessagePrefixLength);
        try
        {
            serializer(message, this);
        }
        catch (Exception e) when (e is not GrpcProtocolException)
        {
            throw new GrpcProtocolException(StatusCode.Internal, $"Failed to serialize a {typeof(T).Name}: {e.Message}", e);
        }

        if (!_completed) throw new GrpcProtocolException(StatusCode.Internal, $"The serializer of {typeof(T).Name} did not call Complete.");
        var length = _buffer.WrittenCount - GrpcProtocol.MessagePrefixLength;
        MessagePrefix.CheckSendLength(length, maxMessageLength);
        MessagePrefix.Write(_buffer.WrittenMemory.Span, compressed: false, length);
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

    /// <summary>Gives the buffer back until the next message.</summary>
    public void Release() => _buffer.Release();
}
