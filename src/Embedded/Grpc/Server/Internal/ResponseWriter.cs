using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Net.Compression;
using Grpc.Protocol;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Writes responses into the server's own buffers. A marshaller that says the length first writes there directly; what others write, and
/// what is compressed, is collected first. The deadline may end the response while a handler writes: the gate keeps the two apart.
/// </summary>
/// <param name="response">The response.</param>
/// <param name="compression">Null for none.</param>
/// <param name="compressionLevel">Null for the encoding's own.</param>
/// <param name="maxMessageLength">Bytes before compression; no limit when null.</param>
internal sealed class ResponseWriter(HttpResponse response, ICompressionProvider? compression, CompressionLevel? compressionLevel, int? maxMessageLength)
    : SerializationContext
{
    private readonly Lock _gate = new();
    private readonly PipeWriter _pipe = response.BodyWriter;
    private PooledBufferWriter? _collected;
    private bool _compress;
    private bool _direct;
    private long _end;
    private bool _serialized;
    private bool _ended;

    /// <value>Whether a response was written, sent or not.</value>
    public bool HasMessages { get; private set; }

    /// <exception cref="GrpcProtocolException">The message is over the limit, or its marshaller failed.</exception>
    public void Write<T>(T message, Action<T, SerializationContext> serializer, WriteFlags flags)
    {
        lock (_gate) WriteCore(message, serializer, flags);
    }

    /// <summary>Writes a message and waits until the transport has room again.</summary>
    public ValueTask<FlushResult> WriteAndFlushAsync<T>(
        T message, Action<T, SerializationContext> serializer, WriteFlags flags, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            WriteCore(message, serializer, flags);
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
        if (_compress) return;
        WritePrefix(compressed: false, payloadLength);
        _direct = true;
        _end = _pipe.UnflushedBytes + payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter() => _direct ? _pipe : _collected ??= new PooledBufferWriter();

    public override void Complete()
    {
        _serialized = true;
        if (!_direct) WritePayload(_collected is null ? default : _collected.WrittenMemory.Span);
        else if (_pipe.UnflushedBytes != _end) throw new InvalidOperationException("The payload has another length than SetPayloadLength was told.");
    }

    public override void Complete(byte[] payload)
    {
        _serialized = true;
        if (!_direct)
        {
            WritePayload(payload);
            return;
        }

        _pipe.Write(payload);
        Complete();
    }

    private void WriteCore<T>(T message, Action<T, SerializationContext> serializer, WriteFlags flags)
    {
        if (_ended) throw new InvalidOperationException("Can't write the message because the request is complete.");
        _direct = _serialized = false;
        _compress = compression is not null && (flags & WriteFlags.NoCompress) != WriteFlags.NoCompress;
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

    private void WritePayload(ReadOnlySpan<byte> payload)
    {
        MessagePrefix.CheckSendLength(payload.Length, maxMessageLength);
        if (_compress)
        {
            WriteCompressed(payload);
            return;
        }

        WritePrefix(compressed: false, payload.Length);
        _pipe.Write(payload);
    }

    private void WriteCompressed(ReadOnlySpan<byte> payload)
    {
        var compressed = new PooledBufferWriter();
        try
        {
            MessageCompression.Compress(compression!, compressionLevel, payload, compressed);
            WritePrefix(compressed: true, compressed.WrittenCount);
            _pipe.Write(compressed.WrittenMemory.Span);
        }
        finally
        {
            compressed.Release();
        }
    }

    private void WritePrefix(bool compressed, int length)
    {
        MessagePrefix.Write(_pipe.GetSpan(GrpcProtocol.MessagePrefixLength), compressed, length);
        _pipe.Advance(GrpcProtocol.MessagePrefixLength);
        HasMessages = true;
    }
}
