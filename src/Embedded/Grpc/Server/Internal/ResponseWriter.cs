using System.Buffers;
using System.IO.Pipelines;
using Grpc.Protocol;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Writes responses into the server's own buffers. A marshaller that says the length first writes there directly; what others write is collected first.
/// The deadline may end the response while a handler writes: the gate keeps the two apart.
/// </summary>
internal sealed class ResponseWriter(HttpResponse response, int? maxMessageLength) : SerializationContext
{
    private readonly Lock _gate = new();
    private readonly PipeWriter _pipe = response.BodyWriter;
    private PooledBufferWriter? _collected;
    private bool _lengthKnown;
    private bool _serialized;
    private bool _ended;

    /// <value>Whether a response was written, sent or not.</value>
    public bool HasMessages { get; private set; }

    /// <exception cref="GrpcProtocolException">The message is over the limit, or its marshaller failed.</exception>
    public void Write<T>(T message, Action<T, SerializationContext> serializer)
    {
        lock (_gate) WriteCore(message, serializer);
    }

    /// <summary>Writes a message and waits until the transport has room again.</summary>
    public ValueTask<FlushResult> WriteAndFlushAsync<T>(T message, Action<T, SerializationContext> serializer, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            WriteCore(message, serializer);
            return _pipe.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Nothing is written after this.</summary>
    /// <returns>False when it was ended before.</returns>
    public bool End()
    {
        lock (_gate)
        {
            if (_ended) return false;
            return _ended = true;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        MessagePrefix.CheckSendLength(payloadLength, maxMessageLength);
        WritePrefix(payloadLength);
        _lengthKnown = true;
    }

    public override IBufferWriter<byte> GetBufferWriter() => _lengthKnown ? _pipe : _collected ??= new PooledBufferWriter();

    public override void Complete()
    {
        _serialized = true;
        if (_lengthKnown) return;
        var payload = _collected is null ? default : _collected.WrittenMemory.Span;
        MessagePrefix.CheckSendLength(payload.Length, maxMessageLength);
        WritePrefix(payload.Length);
        _pipe.Write(payload);
    }

    public override void Complete(byte[] payload)
    {
        MessagePrefix.CheckSendLength(payload.Length, maxMessageLength);
        if (!_lengthKnown) WritePrefix(payload.Length);
        _pipe.Write(payload);
        _serialized = true;
    }

    private void WriteCore<T>(T message, Action<T, SerializationContext> serializer)
    {
        if (_ended) throw new InvalidOperationException("Can't write the message because the request is complete.");
        _lengthKnown = _serialized = false;
        try
        {
            serializer(message, this);
            if (!_serialized) throw new GrpcProtocolException(StatusCode.Internal, $"The serializer of {typeof(T).Name} did not call Complete.");
        }
        catch (Exception e) when (e is not GrpcProtocolException)
        {
            throw new GrpcProtocolException(StatusCode.Internal, $"Failed to serialize a {typeof(T).Name}: {e.Message}", e);
        }
        finally
        {
            _collected?.Release();
        }
    }

    private void WritePrefix(int length)
    {
        MessagePrefix.Write(_pipe.GetSpan(GrpcProtocol.MessagePrefixLength), compressed: false, length);
        _pipe.Advance(GrpcProtocol.MessagePrefixLength);
        HasMessages = true;
    }
}
