using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Leases;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Telemetry;
using Orchestrator.Kubernetes.Watching;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>
/// Runs the pools of an installation for as long as the coordinator lives. Of several coordinators the one that holds the lease acts. Rounds follow
/// what changes in the cluster, and come at least once a second for what changes in the fleet.
/// </summary>
internal sealed partial class KubernetesPools(
    KubernetesPoolsOptions options, ClusterAccess access, IFleet fleet, IGangFleet gangFleet, KubernetesInstruments instruments, TimeProvider time, ILogger<KubernetesPools> logger) : BackgroundService
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var spec = options.Spec;
        using var client = ClusterConnection.Open(access, instruments, time);
        var lease = new LeaderLease(client, client.Namespace, $"{spec.Installation}-pools", $"{Environment.MachineName}-{Environment.ProcessId}", time);
        var pods = Mirror(client, Kinds.Pods, new Selection(client.Namespace, PoolLabels.Select(spec.Installation)));
        var nodes = Mirror(client, Kinds.Nodes, new Selection(null));
        var jobs = Mirror(client, Kinds.Jobs, new Selection(client.Namespace, GangLabels.Select(spec.Installation)));
        var owner = new InstallationOwner(spec, client);
        var driver = new PoolDriver(spec, client, owner, fleet, instruments, time, logger);
        var gangs = spec.Dedicated ? new GangDriver(spec, client, owner, gangFleet, time, logger) : null;
        List<Task> running = [Hold(lease, stoppingToken), pods.Run(stoppingToken)];
        if (gangs is not null) running.Add(jobs.Run(stoppingToken));
        if (spec.WatchNodes) running.Add(nodes.Run(stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            await NextRound(stoppingToken);
            if (!lease.IsHeld || !pods.IsComplete || stoppingToken.IsCancellationRequested) continue;
            try
            {
                await driver.Round(pods.Objects.Values, nodes.Objects.Values, stoppingToken);
                if (gangs is not null && jobs.IsComplete) await gangs.Round(jobs.Objects.Values, pods.Objects.Values, nodes.Objects.Values, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogRoundFailed(exception);
                await Pause(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
        await Task.WhenAll(running);
        await Release(lease);
    }

    /// <summary>Waits for a change or the period's end; what follows at once is gathered into one round.</summary>
    private async Task NextRound(CancellationToken cancellationToken)
    {
        using var period = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_changes.Reader.WaitToReadAsync(period.Token).AsTask(), Task.Delay(options.Period, time, period.Token));
        await period.CancelAsync();
        await Pause(Gather, cancellationToken);
        _changes.Reader.TryRead(out _);
    }

    private async Task Hold(LeaderLease lease, CancellationToken cancellationToken)
    {
        var was = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var isHeld = await lease.TryHold(cancellationToken);
                if (isHeld != was) LogLease(isHeld);
                if (isHeld && !was) _changes.Writer.TryWrite(true);
                was = isHeld;
            }
            catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
            {
                if (!cancellationToken.IsCancellationRequested) LogLeaseFailed(exception.Message);
            }
            await Pause(LeaderLease.RenewEvery, cancellationToken);
        }
    }

    private async Task Release(LeaderLease lease)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await lease.Release(patience.Token);
        }
        catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
        {
            LogLeaseFailed(exception.Message);
        }
    }

    private Mirror<T> Mirror<T>(KubernetesClient client, ResourceKind<T> kind, Selection selection)
        where T : class, IResource => new(client, kind, selection, () => _changes.Writer.TryWrite(true), instruments, time, logger);

    private async Task Pause(TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(EventId = 6201, Level = LogLevel.Information, Message = "This coordinator runs the pools: {IsHeld}")]
    private partial void LogLease(bool isHeld);

    [LoggerMessage(EventId = 6202, Level = LogLevel.Warning, Message = "The lease of the pools could not be renewed: {Reason}")]
    private partial void LogLeaseFailed(string reason);

    [LoggerMessage(EventId = 6203, Level = LogLevel.Error, Message = "A round of the pools failed; the next one comes in a second")]
    private partial void LogRoundFailed(Exception exception);
}
