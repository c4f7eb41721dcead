using static TorchSharp.torch;

namespace Orchestrator.Training.Optimizers;

/// <summary>Updates all parameters of a network, which lie in one tensor, from their gradients, which lie in another.</summary>
internal interface IFlatOptimizer : IDisposable
{
    /// <summary>What it remembers between steps, by name: tensors of the parameters' length.</summary>
    IReadOnlyList<(string Name, Tensor Values)> State { get; }

    /// <summary>Takes one step. Element by element, so parameters need not be told apart.</summary>
    /// <param name="step">Counts from 1.</param>
    /// <param name="learningRate">The step's learning rate.</param>
    void Step(long step, double learningRate);
}
