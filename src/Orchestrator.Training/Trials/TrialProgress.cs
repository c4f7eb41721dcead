namespace Orchestrator.Training.Trials;

/// <summary>Where a trial is.</summary>
/// <param name="Epoch">Epochs trained whole.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Steps">Optimizer steps in all.</param>
/// <param name="Loss">Loss of the last step: mean over the global batch.</param>
/// <param name="SamplesPerSecond">Samples of all ranks per second since the last progress.</param>
public readonly record struct TrialProgress(int Epoch, long Step, long Steps, double Loss, double SamplesPerSecond);
