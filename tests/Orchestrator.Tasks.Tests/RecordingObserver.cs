using Orchestrator.Checkpoints;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

/// <summary>Remembers what it is told, registers everything, and stops when it is told to.</summary>
internal sealed class RecordingObserver : ITrialObserver, ICheckpointRegistrar
{
    private readonly Lock _gate = new();

    public StopRequest StopRequest => StopWhen(this);

    public Func<RecordingObserver, StopRequest> StopWhen { get; set; } = _ => StopRequest.None;

    public TrialStarted? Started { get; private set; }

    public List<EpochReport> Epochs { get; } = [];

    public List<TrialRegrouped> Regrouped { get; } = [];

    public List<CheckpointRecord> Registered { get; } = [];

    public List<string> Removed { get; } = [];

    public List<string> Skipped { get; } = [];

    public List<(CheckpointRecord Record, CheckpointException Reason)> Refused { get; } = [];

    public void OnStarted(TrialStarted started) => Started = started;

    public void OnRegrouped(TrialRegrouped regrouped) => Regrouped.Add(regrouped);

    public void OnProgress(TrialProgress progress)
    {
    }

    public void OnEpoch(EpochReport report) => Epochs.Add(report);

    public void OnCheckpointSaved(CheckpointRecord record)
    {
    }

    public void OnCheckpointSkipped(int epoch, string reason)
    {
        lock (_gate)
            Skipped.Add(reason);
    }

    public void OnCheckpointRefused(CheckpointRecord record, CheckpointException reason) => Refused.Add((record, reason));

    public Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken)
    {
        lock (_gate)
            Registered.Add(record);
        return Task.FromResult(true);
    }

    public Task<bool> RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Removed.Add(location);
            Registered.RemoveAll(record => record.Location == location);
        }

        return Task.FromResult(true);
    }
}
