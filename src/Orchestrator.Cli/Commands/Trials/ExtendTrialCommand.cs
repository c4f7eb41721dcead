using System.CommandLine;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch trial extend</c>: train further than the end.</summary>
internal sealed class ExtendTrialCommand : SingleTrialCommand
{
    private readonly Option<int> _epochs = new("--epochs") { Description = "Its last epoch from now on", HelpName = "N", Required = true };

    /// <summary>Makes the command.</summary>
    public ExtendTrialCommand(CliContext context)
        : base(context, "extend", "Train a trial further than its end, whether it runs or has ended")
    {
        Add(_epochs);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["orch trial extend 3 --epochs 60", "orch trial extend 3 mnist-vae-1 --epochs 60 && orch resume mnist-vae-1"];

    /// <inheritdoc/>
    protected override async Task<Trial> AskAsync(Experiments.ExperimentsClient client, ParseResult result, string experiment, int trial, CancellationToken cancel) =>
        await client.ExtendTrialAsync(new ExtendTrialRequest { Experiment = experiment, Trial = trial, Epochs = result.GetValue(_epochs) }, cancellationToken: cancel);

    /// <inheritdoc/>
    protected override string Describe(Trial trial, string experiment) =>
        $"trial {trial.Number} of {experiment} goes to epoch {trial.Epochs}";
}
