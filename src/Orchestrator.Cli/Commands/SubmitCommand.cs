using System.CommandLine;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch submit</c>: hand a sweep to a coordinator that runs.</summary>
internal sealed class SubmitCommand : Command, IHasExamples
{
    private readonly Argument<string> _file = SweepArguments.File();
    private readonly Option<string?> _data = SweepArguments.Data();

    /// <summary>Makes the command.</summary>
    public SubmitCommand(CliContext context)
        : base("submit", "Hand a sweep to a running coordinator and return at once")
    {
        Add(_file);
        Add(_data);
        SetAction((result, _) => SubmitAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch submit sweep.yaml --coordinator http://trainer:7071"];

    private async Task<int> SubmitAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        var source = SweepSource.Read(result.GetRequiredValue(_file), result.GetValue(_data));
        foreach (var warning in source.Warnings) context.Terminal.Error.WriteLine("warning: " + warning);
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).RunningAsync(cancel);
        var experiment = await session.Client.SubmitAsync(source.ToRequest(), cancellationToken: cancel);
        context.Terminal.Out.WriteLine(result.GetValue(CommonOptions.Json)
            ? ResultJson.Experiment(ExperimentView.Of(experiment)).ToJsonString(JsonText.Options)
            : $"{experiment.Id} submitted; 'orch watch {experiment.Id}' shows it");
        return ExitCode.Done;
    }
}
