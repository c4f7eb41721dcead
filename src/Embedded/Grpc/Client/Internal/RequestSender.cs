using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>Sends the requests of a channel's calls, more than once where the call's rules say so.</summary>
internal sealed class RequestSender(GrpcChannel channel)
{
    /// <returns>The response to the last attempt, as soon as its headers were received.</returns>
    public Task<HttpResponseMessage> SendAsync(GrpcCall call, IRequestBody body) =>
        call.Rules.Retry is null && !call.Options.IsWaitForReady ? SendOnceAsync(call, body, 0) : SendWithRetriesAsync(call, body);

    private async Task<HttpResponseMessage> SendWithRetriesAsync(GrpcCall call, IRequestBody body)
    {
        var retry = new CallRetry(call.Rules.Retry, channel.RetryThrottle, call.Options.IsWaitForReady, channel.ReconnectBackoff, channel.Random);
        while (true)
        {
            Exception? error = null;
            HttpResponseMessage? response = null;
            try
            {
                response = await SendOnceAsync(call, body, retry.PreviousAttempts).ConfigureAwait(false);
                ResponseHeaders.Check(response);
            }
            catch (Exception e) when (call.Cancellation.Reason is null)
            {
                error = e;
            }

            var status = error is null ? ResponseHeaders.ReadTrailersOnly(response!) : GrpcCall.StatusOf(error, response is not null);
            if (status is not { } failed || failed.StatusCode == StatusCode.OK) return response!;
            var pushback = error is null ? ResponseHeaders.ReadPushback(response!) : null;
            if (retry.Next(failed, error, pushback, body.CanReplay) is not { } delay)
            {
                if (response is null) ExceptionDispatchInfo.Throw(error!);
                return response!;
            }

            response?.Dispose();
            await Task.Delay(delay, channel.TimeProvider, call.Cancellation.Token).ConfigureAwait(false);
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(GrpcCall call, IRequestBody body, int previousAttempts)
    {
        call.Cancellation.Token.ThrowIfCancellationRequested();
        var request = CreateRequest(call, body);
        if (previousAttempts > 0) request.Headers.TryAddWithoutValidation(GrpcProtocol.PreviousAttemptsHeader, $"{previousAttempts}");
        return channel.CallCredentials.Count > 0 || call.Options.Credentials is not null
            ? SendWithCredentialsAsync(call, request)
            : channel.Invoker.SendAsync(request, call.Cancellation.Token);
    }

    private async Task<HttpResponseMessage> SendWithCredentialsAsync(GrpcCall call, HttpRequestMessage request)
    {
        AddMetadata(request.Headers, await GetCredentialsAsync(call).ConfigureAwait(false));
        return await channel.Invoker.SendAsync(request, call.Cancellation.Token).ConfigureAwait(false);
    }

    private HttpRequestMessage CreateRequest(GrpcCall call, IRequestBody body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, call.Rules.Uri)
        {
            Version = channel.HttpVersion,
            VersionPolicy = channel.HttpVersionPolicy,
            Content = new GrpcContent(body),
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation(GrpcProtocol.TeHeader, GrpcProtocol.Trailers);
        headers.TryAddWithoutValidation("User-Agent", GrpcProtocol.UserAgent);
        headers.TryAddWithoutValidation(GrpcProtocol.AcceptEncodingHeader, channel.Compression.AcceptEncoding);
        if (call.Compression is { } compression) headers.TryAddWithoutValidation(GrpcProtocol.EncodingHeader, compression.EncodingName);
        if (call.Cancellation.Deadline is not null) headers.TryAddWithoutValidation(GrpcProtocol.TimeoutHeader, GrpcTimeout.Encode(call.Cancellation.TimeLeft));
        if (call.Options.Headers is { } metadata) AddMetadata(headers, metadata);
        return request;
    }

    private static void AddMetadata(HttpRequestHeaders headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!MetadataCodec.IsReserved(entry.Key)) headers.TryAddWithoutValidation(entry.Key, MetadataCodec.EncodeValue(entry));
        }
    }

    private async Task<Metadata> GetCredentialsAsync(GrpcCall call)
    {
        var metadata = new Metadata();
        var credentials = call.Options.Credentials is { } own ? channel.CallCredentials.Append(own) : channel.CallCredentials;
        var service = new Uri(channel.Address, call.Method.ServiceName).ToString();
        var context = new AuthInterceptorContext(service, call.Method.Name, call.Cancellation.Token);
        await CallCredentialsApplier.ApplyAsync(credentials, context, metadata).ConfigureAwait(false);
        return metadata;
    }
}
