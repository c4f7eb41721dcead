using Grpc.Core;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Progress;

/// <summary>Follows an experiment until it has ended, over the coordinator's deaths.</summary>
internal sealed class ExperimentWatcher(ClusterSession session, IProgressDisplay display, TimeProvider time)
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows every update of an experiment.</summary>
    /// <param name="experiment">Its id.</param>
    /// <param name="view">Where the updates are folded.</param>
    /// <param name="cancel">Ends the watch.</param>
    /// <exception cref="RpcException">The coordinator refuses, or has been silent too long.</exception>
    public async Task WatchAsync(string experiment, ExperimentView view, CancellationToken cancel)
    {
        var heard = time.GetTimestamp();
        while (true)
        {
            try
            {
                using var call = session.Client.Watch(new WatchRequest { Experiment = experiment }, cancellationToken: cancel);
                while (await call.ResponseStream.MoveNext(cancel))
                {
                    heard = time.GetTimestamp();
                    view.Apply(call.ResponseStream.Current);
                    display.Show(view, call.ResponseStream.Current.Trials);
                }
                if (view.HasEnded) return;
            }
            catch (RpcException e) when (RpcErrors.IsTransient(e) && !cancel.IsCancellationRequested && time.GetElapsedTime(heard) < GiveUpAfter)
            {
                // The coordinator died, or is on its way back.
            }
            cancel.ThrowIfCancellationRequested();
            await Task.Delay(RetryDelay, time, cancel);
            await session.ReconnectAsync(cancel);
        }
    }
}
