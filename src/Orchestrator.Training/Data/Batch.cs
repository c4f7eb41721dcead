using static TorchSharp.torch;

namespace Orchestrator.Training.Data;

/// <summary>The rows of a batch that this rank computes; valid during one step.</summary>
/// <param name="Inputs">Rows x the input's shape.</param>
/// <param name="Labels">Rows x the label's shape.</param>
/// <param name="Count">Number of rows. Can be 0 where a small last batch is shared by many ranks.</param>
public sealed record Batch(Tensor Inputs, Tensor Labels, int Count);
