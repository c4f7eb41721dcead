using Grpc.Core;
using Orchestrator.Collectives.Membership;
using Orchestrator.Collectives.Ring;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Hub;

/// <summary>The ProcessGroups service (collectives.proto) that each worker hosts.</summary>
/// <remarks>Bound by hand, not by generated code, so that a ring's chunks are not copied into message objects.</remarks>
[BindServiceMethod(typeof(CollectivesService), nameof(BindService))]
internal sealed class CollectivesService(CollectiveHub hub)
{
    private static readonly Method<MemberMessage, GroupMessage> JoinMethod = new(
        MethodType.DuplexStreaming, "orchestrator.v1.ProcessGroups", "Join", RingMethod.Message(MemberMessage.Parser), RingMethod.Message(GroupMessage.Parser));

    private static readonly Method<RingRequest, RingData> PullMethod = RingMethod.CreateServed();

    /// <summary>Tells gRPC of the methods.</summary>
    public static void BindService(ServiceBinderBase binder, CollectivesService? service)
    {
        binder.AddMethod(JoinMethod, service is null ? null : service.Join);
        binder.AddMethod(PullMethod, service is null ? null : service.Pull);
    }

    /// <summary>A rank's presence in a group whose rank 0 is here.</summary>
    public async Task Join(IAsyncStreamReader<MemberMessage> requestStream, IServerStreamWriter<GroupMessage> responseStream, ServerCallContext context)
    {
        var join = await requestStream.MoveNext(context.CancellationToken) ? requestStream.Current.Join : null;
        var group = await hub.FindAsync(join?.Group ?? throw Invalid("The first message of a stream is a JoinGroup."), context.CancellationToken);
        var roster = group.Roster ?? throw Refused($"Process group '{join.Group}' has its rank 0 on another worker.");
        var messages = Guarded(() => roster.Join(join));
        await context.WriteResponseHeadersAsync([]);

        var receiving = ReceiveAsync(requestStream, roster, join.Rank, context.CancellationToken);
        await foreach (var message in messages.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(message, context.CancellationToken);
        // What the rank still has to say is no longer of interest, and its stream ends with this one.
        _ = receiving;
    }

    /// <summary>The next rank of a ring pulls what this worker's rank passes on.</summary>
    public async Task Pull(IAsyncStreamReader<RingRequest> requestStream, IServerStreamWriter<RingData> responseStream, ServerCallContext context)
    {
        var start = await requestStream.MoveNext(context.CancellationToken) ? requestStream.Current.Start : null;
        var group = await hub.FindAsync(start?.Group ?? throw Invalid("The first message of a stream is a RingStart."), context.CancellationToken);
        var ring = group.Ring ?? throw Refused($"Process group '{start.Group}' is no ring.");
        await ring.ServeAsync(start.Rank, requestStream, responseStream, context.CancellationToken);
    }

    private static async Task ReceiveAsync(IAsyncStreamReader<MemberMessage> requestStream, Roster roster, int rank, CancellationToken cancellationToken)
    {
        var how = "its stream ended";
        try
        {
            while (await requestStream.MoveNext(cancellationToken))
                roster.Receive(rank, requestStream.Current);
        }
        catch (Exception exception)
        {
            how = (exception as RpcException)?.Status.Detail ?? exception.Message;
        }
        roster.Lost(rank, how);
    }

    private static T Guarded<T>(Func<T> join)
    {
        try
        {
            return join();
        }
        catch (CollectiveException exception)
        {
            throw Refused(exception.Message);
        }
    }

    private static RpcException Invalid(string message) => new(new(StatusCode.InvalidArgument, message));

    private static RpcException Refused(string message) => new(new(StatusCode.FailedPrecondition, message));
}
