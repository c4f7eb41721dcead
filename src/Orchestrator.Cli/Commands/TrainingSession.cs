using System.CommandLine;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary>What <c>run</c> and <c>resume</c> have in common: follow an experiment, draw pictures, print the result, end the hosts.</summary>
internal sealed class TrainingSession(CliContext context, ParseResult result)
{
    private static readonly TimeSpan OthersPoll = TimeSpan.FromSeconds(1);

    private readonly bool _json = result.GetValue(CommonOptions.Json);

    /// <summary>Runs an experiment to its end.</summary>
    /// <param name="begin">Submits or resumes it once there is a coordinator, and says how many workers there must be.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<ClusterSession, CancellationToken, Task<Experiment>> begin)
    {
        await using var display = ProgressDisplays.Create(context, _json);
        var opener = new ClusterOpener(context, result, display);
        await using var session = await opener.ToTrainAsync(context.Interrupts.Asked);
        var orphans = session.IsOwned ? await OrphansAsync(session) : [];
        var experiment = await begin(session, context.Interrupts.Asked);
        if (session.Page is { } page) display.Note($"{experiment.Id} is at {new Uri(page, $"/#/experiments/{experiment.Id}")} while it runs");
        await StopAsync(session, orphans.Where(orphan => orphan.Id != experiment.Id), display);

        var follower = new ExperimentFollower(context, session, display);
        await follower.FollowAsync(experiment.Id);
        var outcome = await ResultAsync(opener, session, follower, display);
        await display.DisposeAsync();
        ResultPrinter.Print(context.Terminal, outcome, _json);
        if (follower.WasInterrupted) return Interrupted(opener, session, experiment.Id);
        if (session.IsOwned) await WaitForOthersAsync(session, experiment.Id);
        return outcome.View.Experiment.Status == ExperimentStatus.Completed ? ExitCode.Done : ExitCode.ExperimentFailed;
    }

    /// <summary>Experiments that an orch which was killed left running: they would start again with the coordinator.</summary>
    private async Task<IReadOnlyList<Experiment>> OrphansAsync(ClusterSession session)
    {
        var list = await session.Client.ListAsync(new ListExperimentsRequest(), cancellationToken: context.Interrupts.Asked);
        return [.. list.Experiments.Where(experiment => experiment.Status == ExperimentStatus.Running)];
    }

    private async Task StopAsync(ClusterSession session, IEnumerable<Experiment> orphans, IProgressDisplay display)
    {
        foreach (var orphan in orphans)
        {
            await session.Client.StopAsync(new StopExperimentRequest { Experiment = orphan.Id, Reason = "its orch was killed" }, cancellationToken: context.Interrupts.Asked);
            display.Note($"{orphan.Id} was left unfinished; 'orch resume {orphan.Id}' continues it");
        }
    }

    private async Task<ExperimentResult> ResultAsync(ClusterOpener opener, ClusterSession session, ExperimentFollower follower, IProgressDisplay display)
    {
        var view = follower.View;
        var cancel = context.Interrupts.Insisted;
        if (follower.WasInterrupted || view.Experiment.Status != ExperimentStatus.Completed) return new ExperimentResult(view, null, context.Seconds);
        var checkpoint = await BestCheckpoint.FindAsync(session.Client, view.Experiment, view.Experiment.BestTrial, cancel);
        var outcome = new ExperimentResult(view, checkpoint, context.Seconds);
        // A bucket is this machine's to reach where its own workers wrote there; else 'orch generate' asks for it.
        if (checkpoint is null || !(S3Location.IsOne(checkpoint) ? session.IsOwned : Directory.Exists(checkpoint))) return outcome;
        var folder = opener.State.Artifacts(view.Experiment.Id);
        var request = new PictureRequest(checkpoint, Path.Combine(folder, "samples"))
        {
            Reconstructions = Path.Combine(folder, "reconstructions.png"),
            Explanations = folder,
        };
        string? samples;
        try
        {
            samples = await new PictureMaker(context.Launcher, opener.State, context.Time).DrawAsync(request, context.Interrupts.Asked);
        }
        catch (CliException e)
        {
            display.Note(e.Message); // The model is there all the same.
            return outcome;
        }
        return outcome with
        {
            Seconds = context.Seconds,
            Samples = samples,
            Reconstructions = Existing(request.Reconstructions),
        };
    }

    private int Interrupted(ClusterOpener opener, ClusterSession session, string experiment)
    {
        var state = opener.State.DisplayPath == StateFolder.Default ? "" : $" --state {opener.State.DisplayPath}";
        context.Terminal.Error.WriteLine(session.IsOwned
            ? $"interrupted: 'orch resume {experiment}{state}' continues it"
            : $"interrupted: {experiment} goes on without this terminal; 'orch watch {experiment}{state}' shows it, 'orch stop {experiment}{state}' stops it");
        return ExitCode.Interrupted;
    }

    /// <summary>What others submitted to our hosts runs on to its end, unless a signal comes.</summary>
    private async Task WaitForOthersAsync(ClusterSession session, string experiment)
    {
        var told = false;
        while (!context.Interrupts.Asked.IsCancellationRequested && !session.Broken.IsCompleted)
        {
            var list = await session.Client.ListAsync(new ListExperimentsRequest(), cancellationToken: context.Interrupts.Insisted);
            var others = list.Experiments.Where(other => other.Status == ExperimentStatus.Running && other.Id != experiment).Select(other => other.Id).ToList();
            if (others.Count == 0) return;
            if (!told) context.Terminal.Error.WriteLine($"waiting for {string.Join(", ", others)}, submitted by others; Ctrl-C ends it, 'orch resume' continues it");
            told = true;
            await Task.Delay(OthersPoll, context.Time, context.Interrupts.Asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string? Existing(string? file) => File.Exists(file) ? file : null;
}
