using System.Buffers;
using Grpc.Net.Compression;

namespace Grpc.Protocol;

/// <summary>What a marshaller sees of a received message. Its readers derive from it, so that a call has one object for both.</summary>
/// <param name="encoding">Of the messages whose compression flag is set; null when the peer named none.</param>
/// <param name="maxMessageLength">Bytes after decompression.</param>
internal abstract class PayloadContext(ICompressionProvider? encoding, int? maxMessageLength) : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <exception cref="GrpcProtocolException">The payload is not what the marshaller expects, or can't be decompressed.</exception>
    protected T Deserialize<T>(in ReadOnlySequence<byte> payload, bool compressed, Func<DeserializationContext, T> deserializer)
    {
        if (!compressed) return Deserialize(payload, deserializer);
        if (encoding is null) throw new GrpcProtocolException(StatusCode.Internal, "The compression flag of a message is set, but there is no grpc-encoding.");
        var decompressed = new PooledBufferWriter();
        try
        {
            MessageCompression.Decompress(encoding, payload, decompressed, maxMessageLength);
            return Deserialize(new ReadOnlySequence<byte>(decompressed.WrittenMemory), deserializer);
        }
        finally
        {
            decompressed.Release();
        }
    }

    private T Deserialize<T>(in ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
    {
        _payload = payload;
        try
        {
            return deserializer(this);
        }
        catch (Exception e)
        {
            throw new GrpcProtocolException(StatusCode.Internal, $"Failed to deserialize a {typeof(T).Name}: {e.Message}", e);
        }
        finally
        {
            _payload = default;
        }
    }
}
