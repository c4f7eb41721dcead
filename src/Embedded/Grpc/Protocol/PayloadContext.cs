using System.Buffers;

namespace Grpc.Protocol;

/// <summary>The payload of one received message, for its marshaller. Reused from message to message.</summary>
internal sealed class PayloadContext : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <exception cref="GrpcProtocolException">The payload is not what the marshaller expects.</exception>
    public T Deserialize<T>(in ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
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
