using Orchestrator.Domain.Checkpoints;

namespace Orchestrator.Training.Trials;

/// <summary>What a run of a trial ended with.</summary>
/// <param name="Outcome">Whether it went to its end.</param>
/// <param name="Epoch">Epochs trained whole.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="BestMetric">Best value of the trial's metric in this run's reports, if there was one.</param>
/// <param name="BestEpoch">The epoch of <paramref name="BestMetric"/>; 0 if there was none.</param>
/// <param name="LastCheckpoint">The newest checkpoint that this run made durable. Rank 0 only.</param>
public sealed record TrialResult(
    TrialOutcome Outcome,
    int Epoch,
    long Step,
    double? BestMetric,
    int BestEpoch,
    CheckpointRecord? LastCheckpoint);
