using System.CommandLine;
using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch trial fork</c>: begin a new trial from another's checkpoint.</summary>
internal sealed class ForkTrialCommand : SingleTrialCommand
{
    private readonly Option<int?> _epoch = new("--epoch") { Description = "Begin from the newest checkpoint at or before this epoch (default: the newest)", HelpName = "N" };
    private readonly Option<string[]> _changes = new("--set") { Description = "A parameter with another value; may be given again", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };

    /// <summary>Makes the command.</summary>
    public ForkTrialCommand(CliContext context)
        : base(context, "fork", "Begin a new trial from a checkpoint of another, with some parameters changed")
    {
        Add(_epoch);
        Add(_changes);
        _changes.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => ParameterChanges.Parse(token.Value) is null)) result.AddError($"--set: '{token.Value}' is no change; write it like learning_rate=0.0005");
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["orch trial fork 3 --set learning_rate=0.0005", "orch trial fork 3 mnist-vae-1 --epoch 10 --set learning_rate=0.0005 --set epochs=60 --json"];

    /// <inheritdoc/>
    protected override async Task<Trial> AskAsync(Experiments.ExperimentsClient client, ParseResult result, string experiment, int trial, CancellationToken cancel) =>
        await client.ForkTrialAsync(Request(result, experiment, trial), cancellationToken: cancel);

    private ForkTrialRequest Request(ParseResult result, string experiment, int trial)
    {
        var request = new ForkTrialRequest { Experiment = experiment, Trial = trial, Changes = ParameterChanges.ToJson(result.GetValue(_changes) ?? []) };
        if (result.GetValue(_epoch) is { } epoch) request.Epoch = epoch;
        return request;
    }

    /// <inheritdoc/>
    protected override string Describe(Trial trial, string experiment) =>
        $"trial {trial.Number} of {experiment} begins from trial {trial.Parent} at epoch {trial.ParentEpoch}: {Format.Parameters(trial.Parameters)}";
}
