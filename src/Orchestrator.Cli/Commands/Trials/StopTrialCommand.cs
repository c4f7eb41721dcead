using System.CommandLine;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch trial stop</c>: end one trial.</summary>
internal sealed class StopTrialCommand : SingleTrialCommand
{
    private readonly Option<string> _reason = new("--reason") { Description = "Kept with the trial", HelpName = "TEXT", DefaultValueFactory = _ => "stopped by 'orch trial stop'" };

    /// <summary>Makes the command.</summary>
    public StopTrialCommand(CliContext context)
        : base(context, "stop", "End a trial; it counts as stopped early")
    {
        Add(_reason);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["orch trial stop 3", "orch trial stop 3 mnist-vae-1 --reason 'diverges' --json"];

    /// <inheritdoc/>
    protected override async Task<Trial> AskAsync(Experiments.ExperimentsClient client, ParseResult result, string experiment, int trial, CancellationToken cancel) =>
        await client.StopTrialAsync(new StopTrialRequest { Experiment = experiment, Trial = trial, Reason = result.GetValue(_reason) }, cancellationToken: cancel);

    /// <inheritdoc/>
    protected override string Describe(Trial trial, string experiment) =>
        $"trial {trial.Number} of {experiment} is {trial.Status}";
}
