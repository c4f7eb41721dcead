using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Grpc.Net.Compression;
using Grpc.Protocol;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Cuts a request body into messages where the server received it: no copy but the marshaller's own.</summary>
internal sealed class RequestReader(PipeReader pipe, ICompressionProvider? encoding, int? maxMessageLength) : PayloadContext(encoding, maxMessageLength)
{
    private readonly int? _maxMessageLength = maxMessageLength;

    /// <summary>Reads the next request.</summary>
    /// <returns>Null at the end of the body.</returns>
    /// <exception cref="GrpcProtocolException">The body ends within a message, or the message is over the limit or not what the marshaller expects.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (TryCut(buffer, out var payload, out var compressed))
            {
                var message = Deserialize(payload, compressed, deserializer);
                pipe.AdvanceTo(payload.End);
                return message;
            }

            var atEnd = result.IsCompleted;
            var rest = buffer.Length;
            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (!atEnd) continue;
            return rest == 0 ? null : throw new GrpcProtocolException(StatusCode.Internal, "Incomplete message.");
        }
    }

    /// <summary>Reads the one request of a call that has one.</summary>
    /// <exception cref="GrpcProtocolException">There is none, there is another, or it can't be read.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T> ReadSingleAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        var message = await ReadAsync(deserializer, cancellationToken).ConfigureAwait(false)
            ?? throw new GrpcProtocolException(StatusCode.Unimplemented, "The client sent no request to a method that takes one.");
        if (await ReadAsync(deserializer, cancellationToken).ConfigureAwait(false) is not null)
            throw new GrpcProtocolException(StatusCode.Unimplemented, "The client sent more than one request to a method that takes one.");
        return message;
    }

    private bool TryCut(in ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload, out bool compressed)
    {
        payload = default;
        compressed = false;
        if (buffer.Length < GrpcProtocol.MessagePrefixLength) return false;
        Span<byte> bytes = stackalloc byte[GrpcProtocol.MessagePrefixLength];
        buffer.Slice(0, GrpcProtocol.MessagePrefixLength).CopyTo(bytes);
        var prefix = MessagePrefix.Parse(bytes, _maxMessageLength);
        if (buffer.Length - GrpcProtocol.MessagePrefixLength < prefix.Length) return false;
        compressed = prefix.Compressed;
        payload = buffer.Slice(GrpcProtocol.MessagePrefixLength, prefix.Length);
        return true;
    }
}
