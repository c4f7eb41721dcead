using Grpc.Core;
using Grpc.Net.Client;
using Orchestrator.Collectives.Calls;
using Orchestrator.Collectives.Gloo;
using Orchestrator.Collectives.Hub;
using Orchestrator.Collectives.Membership;
using Orchestrator.Collectives.Ring;
using Orchestrator.Collectives.SharedMemory;
using Orchestrator.Domain.Specs;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives;

/// <summary>Forms process groups among workers that host the ProcessGroups service.</summary>
/// <param name="hub">This worker's hub.</param>
/// <param name="time">Measures time-outs.</param>
/// <param name="prepare">Prepares the connections to other workers: certificates, for one.</param>
public sealed class ProcessGroupFactory(CollectiveHub hub, TimeProvider time, Func<SocketsHttpHandler, HttpMessageHandler>? prepare = null) : IProcessGroupFactory
{
    /// <summary>HTTP/2 window of a ring's stream, in bytes: enough to keep a link of 10 Gbit/s and 10 ms busy.</summary>
    private const int WindowBytes = 16 * 1024 * 1024;

    /// <summary>How often a silent connection is probed, and how long the probe may take, so that a vanished host is noticed.</summary>
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<IProcessGroup> CreateAsync(ProcessGroupOptions options, CancellationToken cancellationToken = default)
    {
        ProcessGroupOptions.ThrowIfInvalid(options);
        if (options.WorldSize == 1)
            return new SingleProcessGroup(options.GroupName);

        var group = new ProcessGroup(options, time);
        var ring = options.Kind == CollectiveKind.Grpc ? new RingTransport(options, group, time) : null;
        var entry = new HubGroup(options.GroupName, options.Rank == 0 ? new Roster(options) : null, ring);
        hub.Add(entry);
        var connections = new GroupConnections(hub, entry, ring);
        try
        {
            await FormAsync(options, group, connections, cancellationToken);
            group.Attach(connections);
            return group;
        }
        catch (Exception exception)
        {
            var failure = Explain(options, entry.Roster, connections.Membership, exception);
            connections.Membership?.Fail(failure);
            await connections.DisposeAsync();
            throw failure;
        }
    }

    private async Task FormAsync(ProcessGroupOptions options, ProcessGroup group, GroupConnections connections, CancellationToken cancellationToken)
    {
        var membership = connections.Membership = new(Link(options, connections), group, time);
        await membership.Formed.WaitAsync(options.Timeout, time, cancellationToken);
        if (connections.Transport is RingTransport ring)
            ring.Connect(Dial(options, ring.Predecessor, connections));
        else
            connections.Transport = await ConnectAsync(options, membership, group, cancellationToken);
    }

    private IMemberLink Link(ProcessGroupOptions options, GroupConnections connections)
    {
        var join = new JoinGroup { Group = options.GroupName, Rank = options.Rank, WorldSize = options.WorldSize, Kind = Roster.KindOf(options) };
        return connections.Entry.Roster is { } roster
            ? new LocalLink(roster, join)
            : new RemoteLink(new(Dial(options, 0, connections)), options.Peers[0], join, time);
    }

    private CallInvoker Dial(ProcessGroupOptions options, int rank, GroupConnections connections)
    {
        var handler = new SocketsHttpHandler
        {
            InitialHttp2StreamWindowSize = WindowBytes,
            KeepAlivePingDelay = ProbePeriod,
            KeepAlivePingTimeout = ProbePeriod,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            ConnectTimeout = ProbePeriod,
        };
        var channel = GrpcChannel.ForAddress(options.Peers[rank], new() { HttpHandler = prepare?.Invoke(handler) ?? handler, DisposeHttpClient = true });
        connections.Channels.Add(channel);
        return channel.CreateCallInvoker();
    }

    // Gloo connects on the calling thread. When the group fails meanwhile, that thread ends by itself within the group's time-out.
    private async Task<ITransport> ConnectAsync(ProcessGroupOptions options, GroupMembership membership, ICallObserver observer, CancellationToken cancellationToken)
    {
        var connecting = Task.Factory.StartNew(
            () => Connect(options, membership, observer), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(membership.Ended, cancellationToken);
        try
        {
            return await connecting.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            _ = DisposeLateAsync(connecting);
            throw;
        }
    }

    private ITransport Connect(ProcessGroupOptions options, GroupMembership membership, ICallObserver observer)
    {
        var segment = options.Kind == CollectiveKind.Auto && SharedRendezvous.IsWorthTrying(options) ? SharedRendezvous.Meet(options, membership, time) : null;
        return segment is null ? GlooTransport.Connect(options, membership, observer) : new SharedTransport(segment, options, observer, time);
    }

    private static async Task DisposeLateAsync(Task<ITransport> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
            await connecting.Result.DisposeAsync();
    }

    private static CollectiveException Explain(ProcessGroupOptions options, Roster? roster, GroupMembership? membership, Exception exception)
    {
        if ((membership?.Verdict ?? exception as CollectiveException) is { } verdict)
            return new(verdict.Code, verdict.Message, exception);
        var who = $"Process group '{options.GroupName}': rank {options.Rank} ({options.Peers[options.Rank]})";
        return exception switch
        {
            TimeoutException when roster is not null => new(CollectiveErrorCode.TimedOut, $"{who}: ranks {string.Join(", ", roster.Missing)} did not join within {options.Timeout.TotalSeconds} s; see their workers.", exception),
            TimeoutException => new(CollectiveErrorCode.TimedOut, $"{who}: rank 0 ({options.Peers[0]}) did not form the group within {options.Timeout.TotalSeconds} s; see its worker.", exception),
            OperationCanceledException => new(CollectiveErrorCode.Aborted, $"{who}: gave up joining.", exception),
            _ => new(CollectiveErrorCode.PeerLost, $"{who}: could not join: {exception.Message}", exception),
        };
    }
}
