using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>A model that can show what it looks at.</summary>
public interface IAttentiveModel
{
    /// <summary>How much each position of a row looks at each.</summary>
    /// <param name="batch">One row or more.</param>
    /// <param name="noise">For the rows, where the model needs some.</param>
    /// <returns>Of each layer, or of one layer at several steps: rows x heads x positions x positions, each position's weights summing to 1.</returns>
    IReadOnlyList<Tensor> Attention(Batch batch, NoiseSource noise);
}
