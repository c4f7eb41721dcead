using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch best</c>: the best trial and its checkpoint.</summary>
internal sealed class BestCommand : Command, IHasExamples
{
    private readonly Argument<string?> _experiment = SweepArguments.Experiment("the newest");

    /// <summary>Makes the command.</summary>
    public BestCommand(CliContext context)
        : base("best", "Print the best trial so far: its metric, parameters and checkpoint; with several metrics, the Pareto front too")
    {
        Add(_experiment);
        SetAction((result, _) => ShowAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch best", "orch best mnist-vae-1 --json | jq -r .best.checkpoint"];

    private async Task<int> ShowAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).ToLookAsync(cancel);
        var experiment = await ExperimentLookup.FindAsync(session.Client, result.GetValue(_experiment), ExperimentChoice.Newest, cancel);
        var checkpoint = await BestCheckpoint.FindAsync(session.Client, experiment, experiment.BestTrial, cancel);
        var view = ExperimentView.Of(experiment);
        if (result.GetValue(CommonOptions.Json))
        {
            var json = new JsonObject { ["experiment"] = experiment.Id, ["best"] = ResultJson.Best(view, checkpoint), ["pareto_front"] = ResultJson.ParetoFront(view) };
            context.Terminal.Out.WriteLine(json.ToJsonString(JsonText.Options));
        }
        else
        {
            context.Terminal.Out.WriteLine($"{experiment.Id}: {experiment.Status}");
            foreach (var line in ResultText.BestLines(view, checkpoint)) context.Terminal.Out.WriteLine(line);
            foreach (var line in ResultText.ParetoLines(view)) context.Terminal.Out.WriteLine(line);
        }
        return view.Best is null ? ExitCode.ExperimentFailed : ExitCode.Done;
    }
}
