using System.Buffers;
using Grpc.Net.Compression;

namespace Grpc.Protocol;

/// <summary>Appends messages, each with its prefix, to a buffer. For one message at a time; reused from message to message.</summary>
/// <param name="compression">Null for none.</param>
/// <param name="maxMessageLength">Bytes before compression.</param>
internal sealed class MessageSerializer(ICompressionProvider? compression, int? maxMessageLength) : SerializationContext
{
    private PooledBufferWriter? _payload;
    private bool _completed;

    /// <summary>On an error <paramref name="target"/> is as it was before.</summary>
    /// <exception cref="GrpcProtocolException">The message is over the limit, or its marshaller failed.</exception>
    public void Serialize<T>(T message, Action<T, SerializationContext> serializer, WriteFlags flags, PooledBufferWriter target)
    {
        var start = target.WrittenCount;
        try
        {
            if (compression is null || (flags & WriteFlags.NoCompress) == WriteFlags.NoCompress) SerializePlain(message, serializer, target);
            else SerializeCompressed(message, serializer, target, compression);
        }
        catch
        {
            target.Truncate(start);
            throw;
        }
        finally
        {
            _payload = null;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        MessagePrefix.CheckSendLength(payloadLength, maxMessageLength);
        _payload!.EnsureCapacity(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => _payload!;

    public override void Complete() => _completed = true;

    public override void Complete(byte[] payload)
    {
        SetPayloadLength(payload.Length);
        _payload!.Write(payload);
        _completed = true;
    }

    private static int Begin(PooledBufferWriter target)
    {
        target.GetSpan(GrpcProtocol.MessagePrefixLength);
        target.Advance(GrpcProtocol.MessagePrefixLength);
        return target.WrittenCount;
    }

    private static void End(PooledBufferWriter target, int start, bool compressed)
    {
        var prefix = target.WrittenMemory.Span[(start - GrpcProtocol.MessagePrefixLength)..];
        MessagePrefix.Write(prefix, compressed, target.WrittenCount - start);
    }

    private void SerializePlain<T>(T message, Action<T, SerializationContext> serializer, PooledBufferWriter target)
    {
        var start = Begin(target);
        SerializePayload(message, serializer, target);
        End(target, start, compressed: false);
    }

    private void SerializeCompressed<T>(T message, Action<T, SerializationContext> serializer, PooledBufferWriter target, ICompressionProvider provider)
    {
        var plain = new PooledBufferWriter();
        try
        {
            SerializePayload(message, serializer, plain);
            var start = Begin(target);
            MessageCompression.Compress(provider, null, plain.WrittenMemory.Span, target);
            End(target, start, compressed: true);
        }
        finally
        {
            plain.Release();
        }
    }

    private void SerializePayload<T>(T message, Action<T, SerializationContext> serializer, PooledBufferWriter target)
    {
        var start = target.WrittenCount;
        _payload = target;
        _completed = false;
        try
        {
            serializer(message, this);
        }
        catch (Exception e) when (e is not GrpcProtocolException)
        {
            throw new GrpcProtocolException(StatusCode.Internal, $"Failed to serialize a {typeof(T).Name}: {e.Message}", e);
        }

        if (!_completed) throw new GrpcProtocolException(StatusCode.Internal, $"The serializer of {typeof(T).Name} did not call Complete.");
        MessagePrefix.CheckSendLength(target.WrittenCount - start, maxMessageLength);
    }
}
