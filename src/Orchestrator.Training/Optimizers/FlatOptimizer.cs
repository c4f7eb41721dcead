using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Optimizers;

/// <summary>Makes optimizers.</summary>
internal static class FlatOptimizer
{
    internal static IFlatOptimizer Create(TrainingOptions options, Tensor parameters, Tensor gradients) => options.Optimizer switch
    {
        OptimizerKind.Adam => new AdamOptimizer(options, parameters, gradients, decoupled: false),
        OptimizerKind.AdamW => new AdamOptimizer(options, parameters, gradients, decoupled: true),
        OptimizerKind.RmsProp => new RmsPropOptimizer(options, parameters, gradients),
        OptimizerKind.Sgd => new SgdOptimizer(options, parameters, gradients),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "unknown optimizer"),
    };
}
