using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Progress;

/// <summary>Progress for programs: one JSON object a line, on standard error.</summary>
internal sealed class JsonProgress : IProgressDisplay
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Dictionary<int, (Trial Trial, long At)> _shown = [];
    private readonly Lock _lock = new();
    private string _status = "";

    /// <summary>Writes to <paramref name="output"/>; times count from now.</summary>
    public JsonProgress(TextWriter output, TimeProvider time)
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
            if (view.Experiment.Status != _status)
            {
                _status = view.Experiment.Status;
                Write("experiment", new() { ["experiment"] = view.Experiment.Id, ["status"] = _status, ["reason"] = view.Experiment.Reason });
            }
            foreach (var trial in changed) Show(trial);
        }
    }

    /// <inheritdoc/>
    public void Note(string message)
    {
        lock (_lock) Write("note", new() { ["message"] = message });
    }

    /// <inheritdoc/>
    public void HostStarted(string name, int processId)
    {
        lock (_lock) Write("host", new() { ["name"] = name, ["pid"] = processId });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Show(Trial trial)
    {
        var now = _time.GetTimestamp();
        if (!_shown.TryGetValue(trial.Number, out var before) || HasChanged(before.Trial, trial))
        {
            Write("trial", TrialJson.Of(trial));
        }
        else if (trial.Progress is null || trial.Progress.Equals(before.Trial.Progress) || before.Trial.Progress is not null && _time.GetElapsedTime(before.At, now) < ProgressInterval)
        {
            return;
        }
        if (trial is { Status: TrialStatus.Running, Progress.Step: > 0 }) Write("progress", ProgressOf(trial));
        _shown[trial.Number] = (trial, now);
    }

    private static bool HasChanged(Trial before, Trial now) =>
        before.Status != now.Status || before.Attempt != now.Attempt || before.Epoch != now.Epoch || before.Workers.Count != now.Workers.Count;

    private static JsonObject ProgressOf(Trial trial) => new()
    {
        ["number"] = trial.Number,
        ["attempt"] = trial.Attempt,
        ["epoch"] = trial.Progress.Epoch,
        ["step"] = trial.Progress.Step,
        ["loss"] = JsonText.Number(trial.Progress.Loss),
        ["samples_per_second"] = JsonText.Number(trial.Progress.SamplesPerSecond),
        ["eta_seconds"] = JsonText.Number(trial.Progress.EtaSeconds),
    };

    private void Write(string name, JsonObject line)
    {
        line.Insert(0, "event", name);
        line.Insert(1, "seconds", Math.Round(_time.GetElapsedTime(_start).TotalSeconds, 3));
        _output.WriteLine(line.ToJsonString(JsonText.Options));
    }
}
