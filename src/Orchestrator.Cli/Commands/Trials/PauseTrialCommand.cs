using System.CommandLine;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch trial pause</c>: give slots up, to go on later.</summary>
internal sealed class PauseTrialCommand : SingleTrialCommand
{
    private readonly Option<string> _reason = new("--reason") { Description = "Kept with the trial", HelpName = "TEXT", DefaultValueFactory = _ => "paused by 'orch trial pause'" };

    /// <summary>Makes the command.</summary>
    public PauseTrialCommand(CliContext context)
        : base(context, "pause", "Pause a trial: it saves a checkpoint and gives its slots up until it is resumed")
    {
        Add(_reason);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["orch trial pause 3", "orch trial pause 3 mnist-vae-1 --reason 'let the others go first'"];

    /// <inheritdoc/>
    protected override async Task<Trial> AskAsync(Experiments.ExperimentsClient client, ParseResult result, string experiment, int trial, CancellationToken cancel) =>
        await client.PauseTrialAsync(new PauseTrialRequest { Experiment = experiment, Trial = trial, Reason = result.GetValue(_reason) }, cancellationToken: cancel);

    /// <inheritdoc/>
    protected override string Describe(Trial trial, string experiment) =>
        $"trial {trial.Number} of {experiment} is paused at epoch {trial.Epoch}; 'orch trial resume {trial.Number} {experiment}' continues it";
}
