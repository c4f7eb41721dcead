namespace Orchestrator.Training.Trials;

/// <summary>A trial that goes on from memory in a new process group.</summary>
/// <param name="Rank">This rank's new place.</param>
/// <param name="WorldSize">Ranks that are left.</param>
/// <param name="Step">Optimizer steps taken: the next one follows.</param>
/// <param name="Epochs">What the epochs before reported, oldest first: a rank that is the first one from now on reports those that the one before it did not. Without times.</param>
public sealed record TrialRegrouped(int Rank, int WorldSize, long Step, IReadOnlyList<EpochReport> Epochs);
