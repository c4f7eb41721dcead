using Grpc.Core;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary>Follows an experiment to its end, and stops it on Ctrl-C where its processes are children of this one.</summary>
internal sealed class ExperimentFollower(CliContext context, ClusterSession session, IProgressDisplay display)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What is known of the experiment.</summary>
    public ExperimentView View { get; } = new();

    /// <summary>Whether a signal ended it before the experiment did.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Follows.</summary>
    /// <exception cref="Output.CliException">The hosts died too often.</exception>
    /// <exception cref="RpcException">The coordinator refuses, or has been silent too long.</exception>
    public async Task FollowAsync(string experiment)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.Interrupts.Insisted);
        var watching = new ExperimentWatcher(session, display, context.Time).WatchAsync(experiment, View, ending.Token);
        var asked = Signal(context.Interrupts.Asked);
        var first = await Task.WhenAny(watching, session.Broken, asked);
        if (first == asked)
        {
            WasInterrupted = true;
            await InterruptAsync(experiment, watching);
        }
        await ending.CancelAsync();
        await watching.ConfigureAwait(first == watching ? ConfigureAwaitOptions.None : ConfigureAwaitOptions.SuppressThrowing);
        if (first == session.Broken) throw await session.Broken;
    }

    private async Task InterruptAsync(string experiment, Task watching)
    {
        if (!session.IsOwned) return;
        display.Note("stopping; Ctrl-C again ends everything at once");
        try
        {
            var deadline = context.Time.GetUtcNow().Add(StopTimeout).UtcDateTime;
            await session.Client.StopAsync(new StopExperimentRequest { Experiment = experiment, Reason = "interrupted from the terminal" }, deadline: deadline, cancellationToken: context.Interrupts.Insisted);
            await watching.WaitAsync(StopTimeout, context.Time, context.Interrupts.Insisted);
        }
        catch (Exception e) when (e is RpcException or TimeoutException or OperationCanceledException)
        {
            display.Note("not stopped in order; what is checkpointed is kept");
        }
        if (context.Interrupts.Insisted.IsCancellationRequested) session.Kill();
    }

    private static Task Signal(CancellationToken token)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(signal.SetResult);
        return signal.Task;
    }
}
