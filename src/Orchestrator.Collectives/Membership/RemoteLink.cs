using System.Threading.Channels;
using Grpc.Core;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Membership;

/// <summary>The link of every other rank: a stream to rank 0's worker.</summary>
/// <param name="client">Rank 0's worker.</param>
/// <param name="rankZero">Its address, for messages.</param>
/// <param name="join">Who joins what.</param>
/// <param name="time">Measures the pauses between attempts to connect.</param>
internal sealed class RemoteLink(ProcessGroups.ProcessGroupsClient client, Uri rankZero, JoinGroup join, TimeProvider time) : IMemberLink
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private bool _answered;

    public async Task RunAsync(ChannelReader<MemberMessage> outgoing, Action<GroupMessage> incoming, CancellationToken cancellationToken)
    {
        // Until the group has formed, its time-out (which cancels) bounds the attempts: rank 0's worker may still be starting.
        while (true)
        {
            try
            {
                await ConnectAsync(outgoing, incoming, cancellationToken);
                return;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable && !_answered && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(RetryPause, time, cancellationToken);
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw Explain(exception);
            }
        }
    }

    private async Task ConnectAsync(ChannelReader<MemberMessage> outgoing, Action<GroupMessage> incoming, CancellationToken cancellationToken)
    {
        using var call = client.Join(cancellationToken: cancellationToken);
        await call.RequestStream.WriteAsync(new() { Join = join }, cancellationToken);
        // Rank 0 has taken the rank in; only from here on may messages be taken from the queue, as they go to this stream alone.
        await call.ResponseHeadersAsync;
        _answered = true;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(call.RequestStream, outgoing, ended.Token);
        try
        {
            while (await call.ResponseStream.MoveNext(cancellationToken))
                incoming(call.ResponseStream.Current);
        }
        finally
        {
            await ended.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task SendAsync(IClientStreamWriter<MemberMessage> stream, ChannelReader<MemberMessage> outgoing, CancellationToken cancellationToken)
    {
        await foreach (var message in outgoing.ReadAllAsync(cancellationToken))
            await stream.WriteAsync(message, cancellationToken);
        await stream.CompleteAsync();
    }

    private CollectiveException Explain(RpcException exception)
    {
        var detail = exception.Status.Detail;
        return exception.StatusCode switch
        {
            StatusCode.FailedPrecondition or StatusCode.InvalidArgument => new(CollectiveErrorCode.Mismatch, detail, exception),
            StatusCode.DeadlineExceeded => new(CollectiveErrorCode.TimedOut, $"{rankZero}: {detail}", exception),
            _ => new(CollectiveErrorCode.PeerLost, $"Process group '{join.Group}': rank 0 ({rankZero}) is lost: {detail}. Form a new generation without it.", exception),
        };
    }
}
