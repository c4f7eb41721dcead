using System.CommandLine;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch trial resume</c>: go on with a trial that is paused or ended before its last epoch.</summary>
internal sealed class ResumeTrialCommand : SingleTrialCommand
{
    /// <summary>Makes the command.</summary>
    public ResumeTrialCommand(CliContext context)
        : base(context, "resume", "Continue a trial that is paused, was stopped early or failed, from its last checkpoint")
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["orch trial resume 3", "orch trial resume 3 mnist-vae-1 --json"];

    /// <inheritdoc/>
    protected override async Task<Trial> AskAsync(Experiments.ExperimentsClient client, ParseResult result, string experiment, int trial, CancellationToken cancel) =>
        await client.ResumeTrialAsync(new ResumeTrialRequest { Experiment = experiment, Trial = trial }, cancellationToken: cancel);

    /// <inheritdoc/>
    protected override string Describe(Trial trial, string experiment) =>
        $"trial {trial.Number} of {experiment} goes on at epoch {trial.Epoch}";
}
