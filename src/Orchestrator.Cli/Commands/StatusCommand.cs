using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;
using Spectre.Console;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch status</c>: all experiments, or the trials of one.</summary>
internal sealed class StatusCommand : Command, IHasExamples
{
    private readonly Argument<string?> _experiment = SweepArguments.Experiment("list all");

    /// <summary>Makes the command.</summary>
    public StatusCommand(CliContext context)
        : base("status", "List the experiments, or show the trials of one")
    {
        Add(_experiment);
        SetAction((result, _) => ShowAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch status", "orch status mnist-vae-1", "orch status mnist-vae-1 --json | jq '.trials[].best_metric'"];

    private async Task<int> ShowAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        var json = result.GetValue(CommonOptions.Json);
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).ToLookAsync(cancel);
        if (result.GetValue(_experiment) is { Length: > 0 } id)
        {
            var experiment = await session.Client.GetAsync(new GetExperimentRequest { Experiment = id }, cancellationToken: cancel);
            ShowOne(context.Terminal, ExperimentView.Of(experiment), json);
        }
        else
        {
            var list = await session.Client.ListAsync(new ListExperimentsRequest(), cancellationToken: cancel);
            ShowAll(context.Terminal, [.. ExperimentChoice.NewestFirst(list.Experiments)], json);
        }
        return ExitCode.Done;
    }

    private static void ShowAll(Terminal terminal, IReadOnlyList<Experiment> experiments, bool json)
    {
        if (json)
        {
            var array = new JsonArray([.. experiments.Select(experiment => ResultJson.Experiment(ExperimentView.Of(experiment)))]);
            terminal.Out.WriteLine(new JsonObject { ["experiments"] = array }.ToJsonString(JsonText.Options));
            return;
        }
        if (experiments.Count == 0)
        {
            terminal.Out.WriteLine("No experiments yet; start one with 'orch run FILE'.");
            return;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("experiment", "state", "task", "trials", "best", "submitted (UTC)");
        foreach (var experiment in experiments)
        {
            table.AddRow(
                new Text(experiment.Id),
                new Text(experiment.Status),
                new Text(experiment.Task),
                new Text(experiment.TrialBudget > 0 ? $"{experiment.TrialCount}/{experiment.TrialBudget}" : $"{experiment.TrialCount}"),
                new Text(experiment.BestTrial > 0 ? $"trial {experiment.BestTrial}" : ""),
                new Text(experiment.SubmittedAt?.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss") ?? ""));
        }
        terminal.Rich.Write(table);
    }

    private static void ShowOne(Terminal terminal, ExperimentView view, bool json)
    {
        if (json)
        {
            var value = ResultJson.Experiment(view);
            value["best"] = ResultJson.Best(view, null);
            value["trials"] = new JsonArray([.. view.Trials.Select(TrialJson.Of)]);
            terminal.Out.WriteLine(value.ToJsonString(JsonText.Options));
            return;
        }
        terminal.Out.WriteLine(ExperimentText.Headline(view.Experiment));
        terminal.Out.WriteLine($"{view.Experiment.Status}{(view.Experiment.Reason.Length > 0 ? ": " + view.Experiment.Reason : "")}");
        if (view.Experiment.Waiting is { } waiting) terminal.Out.WriteLine($"waits for its next trial: {waiting.Text}");
        terminal.Rich.Write(TrialTable.Table(view, terminal.Rich.Profile.Width));
        if (ExperimentText.Best(view) is { } best) terminal.Out.WriteLine(best);
        foreach (var trial in view.Trials.Where(trial => trial is { Status: TrialStatus.Failed, Reason.Length: > 0 }))
        {
            terminal.Out.WriteLine($"trial {trial.Number} failed: {Format.Line(trial.Reason, 500)}");
        }
    }
}
