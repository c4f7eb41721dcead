using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Progress;

/// <summary>One line for each change worth a line, for logs and pipes.</summary>
internal sealed class PlainProgress : IProgressDisplay
{
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Dictionary<int, Trial> _shown = [];
    private readonly Lock _lock = new();
    private bool _begun;

    /// <summary>Writes to <paramref name="output"/>; times count from now.</summary>
    public PlainProgress(TextWriter output, TimeProvider time)
    {
        _output = output;
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Show(ExperimentView view, IReadOnlyCollection<Trial> changed)
    {
        lock (_lock)
        {
            if (!_begun)
            {
                _begun = true;
                WriteLine(ExperimentText.Headline(view.Experiment));
            }
            foreach (var trial in changed)
            {
                foreach (var line in Lines(_shown.GetValueOrDefault(trial.Number), trial, view.Experiment)) WriteLine($"trial {trial.Number}  {line}");
                _shown[trial.Number] = trial;
            }
        }
    }

    /// <inheritdoc/>
    public void Note(string message)
    {
        lock (_lock) WriteLine(message);
    }

    /// <inheritdoc/>
    public void HostStarted(string name, int processId)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void WriteLine(string text) => _output.WriteLine($"[{Format.Duration(_time.GetElapsedTime(_start).TotalSeconds),6}] {text}");

    private static IEnumerable<string> Lines(Trial? before, Trial now, Experiment experiment)
    {
        if (now.Epoch > (before?.Epoch ?? 0) && now.Metrics.Count > 0) yield return EpochLine(now, experiment.Metric);
        foreach (var finding in now.Findings.Skip(before?.Findings.Count ?? 0)) yield return "health: " + Format.Line(finding, 500);
        if (now.Status == before?.Status && now.Attempt == before.Attempt)
        {
            if (now.Status == TrialStatus.Waiting && now.WaitsFor.Length > 0 && now.WaitsFor != before.WaitsFor) yield return "waits: " + now.WaitsFor;
            yield break;
        }
        switch (now.Status)
        {
            case TrialStatus.Running:
                yield return now.Attempt <= 1 ? "started  " + Format.Parameters(now.Parameters) : $"started again, attempt {now.Attempt}, from epoch {now.Epoch}";
                break;
            case TrialStatus.Waiting:
                if (before is { Status: TrialStatus.Running }) yield return "interrupted" + Reason(now);
                else if (before is not null) yield return "goes on";
                else if (now.Parent > 0) yield return $"forked from trial {now.Parent} at epoch {now.ParentEpoch}  {Format.Parameters(now.Parameters)}";
                break;
            case TrialStatus.Paused:
                yield return $"paused at epoch {TrialText.Epoch(now)}{Reason(now)}";
                break;
            default:
                yield return EndLine(now, experiment.Metric);
                break;
        }
    }

    private static string EpochLine(Trial trial, string metric)
    {
        var parts = new List<string> { "epoch " + TrialText.Epoch(trial) };
        Add("loss ", TrialText.Loss(trial));
        if (trial.Metrics.TryGetValue(metric, out var value)) Add(metric + " ", Format.Number(value));
        Add("", TrialText.Speed(trial), " samples/s");
        Add("ETA ", TrialText.Eta(trial));
        return string.Join("  ", parts);

        void Add(string before, string text, string after = "")
        {
            if (text.Length > 0) parts.Add(before + text + after);
        }
    }

    private static string EndLine(Trial trial, string metric)
    {
        var best = trial.HasBestMetric ? $"  best {metric} {Format.Number(trial.BestMetric)} at epoch {trial.BestEpoch}" : "";
        return $"{trial.Status} at epoch {TrialText.Epoch(trial)}{best}{(trial.Status == TrialStatus.Completed ? "" : Reason(trial))}";
    }

    private static string Reason(Trial trial) => trial.Reason.Length > 0 ? ": " + Format.Line(trial.Reason, 500) : "";
}
