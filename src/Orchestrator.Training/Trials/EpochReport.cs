namespace Orchestrator.Training.Trials;

/// <summary>The result of one epoch, over all ranks.</summary>
/// <param name="Epoch">Epochs trained, this one included: 1 after the first.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Metrics">By name: <c>train_loss</c>, the task's <c>validation_...</c> metrics, <c>samples_per_second</c>.</param>
/// <param name="TrainingTime">Time spent in this epoch's steps.</param>
/// <param name="EvaluationTime">Time spent in its evaluation.</param>
public sealed record EpochReport(
    int Epoch,
    long Step,
    IReadOnlyDictionary<string, double> Metrics,
    TimeSpan TrainingTime,
    TimeSpan EvaluationTime)
{
    /// <summary>The part of <see cref="TrainingTime"/> that this rank waited for data.</summary>
    public TimeSpan LoadingTime { get; init; }

    /// <summary>What was found to be wrong with the training since the report before, each with its evidence.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}
