using System.Text;
using Orchestrator.Domain.Experiments;

namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>All that can be seen of an experiment, as text, to compare two.</summary>
internal static class Snapshot
{
    public static string Of(Experiment experiment, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.AppendLine($"{experiment.Id} v{experiment.Version} {experiment.Status} reason={experiment.Reason} ended={experiment.EndedAt:O} submitted={experiment.SubmittedAt:O}");
        text.AppendLine($"demand={experiment.Demand} active={experiment.ActiveTime(now)} device={experiment.DeviceTime(now)} best={experiment.Best?.Id} running={string.Join(',', experiment.RunningTrials)}");
        foreach (var trial in experiment.Trials) text.AppendLine(Of(trial));
        return text.ToString();
    }

    private static string Of(Trial t) =>
        $"{t.Id} [{t.Parameters}] seed={t.Seed} {t.Status} reason={t.Reason} attempt={t.Attempt} generation={t.Generation} workers={string.Join(',', t.Workers)} sequence={t.Sequence} epoch={t.Epoch} step={t.Step} "
        + $"metrics={string.Join(',', t.Metrics)} best={t.BestMetric}@{t.BestEpoch} failures={t.Failures} interruptions={t.InterruptionsWithoutProgress} started={t.AttemptStartedAt:O} ended={t.EndedAt:O} "
        + $"epochs={t.Epochs} paused_by={t.PausedBy} parent={t.Parent}@{t.ParentEpoch}";
}
