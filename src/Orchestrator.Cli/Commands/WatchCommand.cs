using System.CommandLine;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch watch</c>: show an experiment that somebody else runs.</summary>
internal sealed class WatchCommand : Command, IHasExamples
{
    private readonly Argument<string?> _experiment = SweepArguments.Experiment("the newest");

    /// <summary>Makes the command.</summary>
    public WatchCommand(CliContext context)
        : base("watch", "Show the progress of an experiment until it ends; Ctrl-C ends only the watching")
    {
        Add(_experiment);
        SetAction((result, _) => WatchAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch watch", "orch watch mnist-vae-1 --coordinator http://trainer:7071"];

    private async Task<int> WatchAsync(CliContext context, ParseResult result)
    {
        var json = result.GetValue(CommonOptions.Json);
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).RunningAsync(context.Interrupts.Asked);
        var experiment = await ExperimentLookup.FindAsync(session.Client, result.GetValue(_experiment), ExperimentChoice.Newest, context.Interrupts.Asked);
        ExperimentFollower follower;
        await using (var display = ProgressDisplays.Create(context, json))
        {
            follower = new ExperimentFollower(context, session, display);
            await follower.FollowAsync(experiment.Id);
        }
        if (follower.WasInterrupted) return ExitCode.Interrupted;
        var checkpoint = await BestCheckpoint.FindAsync(session.Client, follower.View.Experiment, follower.View.Experiment.BestTrial, context.Interrupts.Asked);
        ResultPrinter.Print(context.Terminal, new ExperimentResult(follower.View, checkpoint, context.Seconds), json);
        return follower.View.Experiment.Status == ExperimentStatus.Failed ? ExitCode.ExperimentFailed : ExitCode.Done;
    }
}
