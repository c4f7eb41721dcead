namespace Orchestrator.Training.Tasks;

/// <summary>A task's model: networks, and what one step does with them. Tensors that a call makes are freed after it.</summary>
public interface ITaskModel : IDisposable
{
    /// <summary>The networks, in an order that never changes.</summary>
    IReadOnlyList<Network> Networks { get; }

    /// <summary>
    /// Trains on one batch: computes a loss and gives it to <see cref="TrainingStep.Minimize"/>, for one network after the other if there are
    /// several. Every rank must minimize the same networks in the same order.
    /// </summary>
    void Train(TrainingStep step);

    /// <summary>Judges one batch of the validation set; no gradients are kept, and modules are in evaluation mode.</summary>
    void Evaluate(EvaluationStep step);
}
