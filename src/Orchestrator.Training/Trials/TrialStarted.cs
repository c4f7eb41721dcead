namespace Orchestrator.Training.Trials;

/// <summary>What a trial begins with.</summary>
/// <param name="Epoch">Epochs already trained: 0, or those of the checkpoint.</param>
/// <param name="Step">Optimizer steps already taken.</param>
/// <param name="Epochs">Epochs to train in all.</param>
/// <param name="Steps">Optimizer steps in all.</param>
/// <param name="TrainingSamples">Samples of the training set.</param>
/// <param name="ValidationSamples">Samples of the validation set.</param>
/// <param name="Parameters">Trainable numbers of the model.</param>
/// <param name="ResumedFrom">Location of the checkpoint it resumed from; null at the beginning. Known to rank 0 only.</param>
public sealed record TrialStarted(
    int Epoch,
    long Step,
    int Epochs,
    long Steps,
    int TrainingSamples,
    int ValidationSamples,
    long Parameters,
    string? ResumedFrom);
