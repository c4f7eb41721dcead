using Grpc.Core;
using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Local;

/// <summary>Finds the coordinator of a state folder, or starts one.</summary>
/// <param name="state">The folder.</param>
/// <param name="hosts">Starts hosts.</param>
/// <param name="client">How this program proves who it is.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterAccess(StateFolder state, HostFactory hosts, ClientAccess client, TimeProvider time)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OwnerTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>The coordinator that runs on the folder, or null.</summary>
    public async Task<ICluster?> FindAsync(CancellationToken cancel)
    {
        if (CoordinatorAddress.TryRead(state.CoordinatorFile) is not { } address || !Directory.Exists($"/proc/{address.ProcessId}")) return null;
        var cluster = new AttachedCluster(address.Grpc, address.Http, client);
        try
        {
            await cluster.Client.ListWorkersAsync(new ListWorkersRequest(), deadline: time.GetUtcNow().Add(AnswerTimeout).UtcDateTime, cancellationToken: cancel);
            return cluster;
        }
        catch (RpcException e) when (!cancel.IsCancellationRequested && !RpcErrors.IsRefusal(e))
        {
            await cluster.DisposeAsync();
            return null; // A file that a dead coordinator left behind.
        }
    }

    /// <summary>The coordinator that runs on the folder; where none does, a new one as a child of this process.</summary>
    /// <exception cref="CliException">Another process holds the folder but does not answer, or the coordinator can't start.</exception>
    public async Task<ICluster> FindOrStartAsync(CancellationToken cancel)
    {
        state.Create();
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < OwnerTimeout)
        {
            var owner = OwnerLock.Look(state);
            if (await FindAsync(cancel) is { } found)
            {
                // The hosts of an orch that was killed end by themselves, in a moment.
                if (owner != OwnerLock.State.Abandoned) return found;
                await found.DisposeAsync();
            }
            else if (owner != OwnerLock.State.Held && OwnerLock.TryTake(state) is { } taken)
            {
                return await LocalCluster.StartAsync(state, taken, hosts, time, cancel);
            }
            await Task.Delay(Poll, time, cancel);
        }
        throw new CliException(
            ExitCode.Environment,
            state.DisplayPath,
            $"another orch holds the state folder, but its coordinator has not answered for {Format.Duration(OwnerTimeout.TotalSeconds)}",
            "end that process, or choose another folder with --state DIR");
    }
}
