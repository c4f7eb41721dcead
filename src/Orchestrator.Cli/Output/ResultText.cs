using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Output;

/// <summary>A result for people.</summary>
internal static class ResultText
{
    /// <summary>What the experiment came to and where the best model is.</summary>
    public static IEnumerable<string> Lines(ExperimentResult result)
    {
        var experiment = result.View.Experiment;
        yield return $"{experiment.Id} {experiment.Status} in {Format.Duration(result.Seconds)}: {Plural(result.View.Trials.Count, "trial")}{Counts(result.View)}.";
        if (experiment.Status != ExperimentStatus.Completed && experiment.Reason.Length > 0) yield return $"  {experiment.Reason}";
        foreach (var line in BestLines(result.View, result.Checkpoint)) yield return line;
        foreach (var trial in result.View.Trials.Where(trial => trial.Findings.Count > 0)) yield return $"  health           trial {trial.Number}: {Format.Line(string.Join("; ", trial.Findings), 500)}";
        if (result.Samples is { } samples) yield return $"  samples          {LocalPath.Display(samples)}";
        if (result.Reconstructions is { } reconstructions) yield return $"  reconstructions  {LocalPath.Display(reconstructions)}";
    }

    /// <summary>The best trial.</summary>
    public static IEnumerable<string> BestLines(ExperimentView view, string? checkpoint)
    {
        if (view.Best is not { HasBestMetric: true } best)
        {
            yield return "No trial has reported a metric.";
            yield break;
        }
        yield return $"Best: trial {best.Number}";
        yield return $"  {view.Experiment.Metric,-15}  {Format.Number(best.BestMetric)} at epoch {best.BestEpoch}";
        yield return $"  parameters       {Format.Parameters(best.Parameters)}";
        if (checkpoint is not null) yield return $"  checkpoint       {LocalPath.Display(checkpoint)}";
    }

    /// <summary>With several metrics, the trials that no other one beats.</summary>
    public static IEnumerable<string> ParetoLines(ExperimentView view)
    {
        if (view.Experiment.FurtherMetrics.Count == 0) yield break;
        yield return view.ParetoFront.Any() ? "Pareto front:" : "No trial has been trained to its end: there is no Pareto front yet.";
        foreach (var trial in view.ParetoFront)
            yield return $"  trial {trial.Number}: {string.Join(", ", view.Metrics.Select(name => $"{name} {Format.Number(trial.Metrics[name])}"))}; {Format.Parameters(trial.Parameters)}";
    }

    private static string Counts(ExperimentView view) => view.Trials.Count == 0 ? "" : $" ({ExperimentText.Counts(view.Trials)})";

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
