using System.Runtime.CompilerServices;
using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>One call and its messages.</summary>
internal sealed class GrpcCall<TRequest, TResponse>(GrpcChannel channel, Method<TRequest, TResponse> method, CallOptions options)
    : GrpcCall(channel, method, options)
    where TRequest : class
    where TResponse : class
{
    private Task _sent = Task.CompletedTask;

    public Task<TResponse> StartUnary(TRequest request) => ReadSingleResponseAsync(SendRequestAsync(request));

    public IAsyncStreamReader<TResponse> StartServerStreaming(TRequest request)
    {
        _sent = SendRequestAsync(request).AsTask();
        return new ResponseStreamReader<TRequest, TResponse>(this);
    }

    public (IClientStreamWriter<TRequest> Writer, Task<TResponse> Response) StartClientStreaming()
    {
        var request = CreateStreamingRequest();
        var response = ReadSingleResponseAsync(SendAsync(request));
        return (new RequestStreamWriter<TRequest, TResponse>(this, request, method.RequestMarshaller.ContextualSerializer), response);
    }

    public (IClientStreamWriter<TRequest> Writer, IAsyncStreamReader<TResponse> Reader) StartDuplexStreaming()
    {
        var request = CreateStreamingRequest();
        _sent = SendAsync(request).AsTask();
        var writer = new RequestStreamWriter<TRequest, TResponse>(this, request, method.RequestMarshaller.ContextualSerializer);
        return (writer, new ResponseStreamReader<TRequest, TResponse>(this));
    }

    /// <summary>Reads the next response of a stream.</summary>
    /// <returns>Null when the call ended with status OK.</returns>
    /// <exception cref="RpcException">The call ended with another status.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResponse?> ReadNextAsync()
    {
        await _sent.ConfigureAwait(false);
        var response = await ReadAsync(method.ResponseMarshaller.ContextualDeserializer).ConfigureAwait(false);
        if (response is null && GetStatus().StatusCode != StatusCode.OK) throw CreateException();
        return response;
    }

    private StreamingRequest CreateStreamingRequest() => new(Rules.Retry is null ? null : new RetryBuffer(Channel.RetryBufferQuota));

    private ValueTask SendRequestAsync(TRequest request)
    {
        var serializer = new MessageSerializer(Compression, Channel.MaxSendMessageSize);
        var framed = new PooledBufferWriter();
        try
        {
            serializer.Serialize(request, method.RequestMarshaller.ContextualSerializer, Options.WriteOptions?.Flags ?? default, framed);
        }
        catch (GrpcProtocolException e)
        {
            framed.Release();
            Fail(e);
            return ValueTask.CompletedTask;
        }

        return SendAsync(new SingleMessageRequest(framed));
    }

    private async Task<TResponse> ReadSingleResponseAsync(ValueTask sent)
    {
        await sent.ConfigureAwait(false);
        var response = await ReadAsync(method.ResponseMarshaller.ContextualDeserializer).ConfigureAwait(false);
        if (response is not null && await ReadAsync(method.ResponseMarshaller.ContextualDeserializer).ConfigureAwait(false) is not null)
            Abort(new Status(StatusCode.Unimplemented, "The server sent more than one response to a call that has one."));
        if (GetStatus().StatusCode != StatusCode.OK) throw CreateException();
        return response ?? throw new RpcException(new Status(StatusCode.Unimplemented, "The server sent status OK without a response."));
    }
}
