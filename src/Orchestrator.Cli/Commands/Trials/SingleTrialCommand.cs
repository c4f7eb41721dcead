using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary>The common part of the commands for one trial: finds it, asks the coordinator, prints what became of it.</summary>
internal abstract class SingleTrialCommand : Command, IHasExamples
{
    private readonly CliContext _context;
    private readonly Argument<int> _trial = new("TRIAL") { Description = "The trial's number" };
    private readonly Argument<string?> _experiment = SweepArguments.Experiment("the newest");

    protected SingleTrialCommand(CliContext context, string name, string description)
        : base(name, description)
    {
        _context = context;
        Add(_trial);
        Add(_experiment);
        SetAction((result, _) => RunAsync(result));
    }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Asks the coordinator.</summary>
    protected abstract Task<Trial> AskAsync(Experiments.ExperimentsClient client, ParseResult result, string experiment, int trial, CancellationToken cancel);

    /// <summary>What became of the trial, in words.</summary>
    protected abstract string Describe(Trial trial, string experiment);

    private async Task<int> RunAsync(ParseResult result)
    {
        var cancel = _context.Interrupts.Asked;
        await using var session = await new ClusterOpener(_context, result, NoProgress.Instance).ToLookAsync(cancel);
        var experiment = await ExperimentLookup.FindAsync(session.Client, result.GetValue(_experiment), ExperimentChoice.Newest, cancel);
        var trial = await AskAsync(session.Client, result, experiment.Id, result.GetValue(_trial), cancel);
        _context.Terminal.Out.WriteLine(result.GetValue(CommonOptions.Json)
            ? new JsonObject { ["experiment"] = experiment.Id, ["trial"] = TrialJson.Of(trial) }.ToJsonString(JsonText.Options)
            : Describe(trial, experiment.Id) + Hint(session, trial, experiment));
        return ExitCode.Done;
    }

    /// <summary>A trial that is to go on needs someone to train it.</summary>
    private static string Hint(ClusterSession session, Trial trial, Experiment experiment) =>
        trial.Status == TrialStatus.Waiting && (session.IsOwned || experiment.Status == ExperimentStatus.Stopped) ? $"; 'orch resume {experiment.Id}' trains it" : "";
}
