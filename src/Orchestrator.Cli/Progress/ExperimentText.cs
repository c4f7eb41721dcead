using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Progress;

/// <summary>An experiment in one line.</summary>
internal static class ExperimentText
{
    /// <summary>What it is.</summary>
    public static string Headline(Experiment experiment)
    {
        var trials = experiment.TrialBudget > 0 ? $"{experiment.TrialBudget} trials" : "trials";
        var ranks = experiment.WorldSize > 1 ? $" on {experiment.WorldSize} ranks each" : "";
        return $"{experiment.Id}: {trials} of {experiment.Task}{ranks}, to {(experiment.Maximize ? "maximize" : "minimize")} {experiment.Metric}";
    }

    /// <summary>How many trials are in each state, those in none left out: <c>1 running, 3 completed, 2 stopped early</c>.</summary>
    public static string Counts(IReadOnlyCollection<Trial> trials)
    {
        (string Status, string Word)[] words =
        [
            (TrialStatus.Running, "running"), (TrialStatus.Waiting, "waiting"), (TrialStatus.Completed, "completed"),
            (TrialStatus.Stopped, "stopped early"), (TrialStatus.Failed, "failed"), (TrialStatus.Cancelled, "cancelled"),
        ];
        var parts = words
            .Select(word => (Count: trials.Count(trial => trial.Status == word.Status), word.Word))
            .Where(part => part.Count > 0)
            .Select(part => $"{part.Count} {part.Word}");
        return string.Join(", ", parts);
    }

    /// <summary>The best trial so far, or null before the first report.</summary>
    public static string? Best(ExperimentView view) => view.Best is { HasBestMetric: true } best
        ? $"best: trial {best.Number}, {view.Experiment.Metric} {Format.Number(best.BestMetric)} at epoch {best.BestEpoch}"
        : null;
}
