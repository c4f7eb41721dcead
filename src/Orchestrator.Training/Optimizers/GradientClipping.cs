using static TorchSharp.torch;

namespace Orchestrator.Training.Optimizers;

/// <summary>Bounds the norm of a gradient. Pascanu, Mikolov, Bengio: On the Difficulty of Training Recurrent Neural Networks, ICML 2013.</summary>
internal static class GradientClipping
{
    /// <summary>Scales a gradient down to a norm, if it is longer.</summary>
    internal static void Clip(Tensor gradient, double largestNorm)
    {
        using var norm = gradient.norm();
        var length = norm.item<float>();
        if (length > largestNorm)
            gradient.mul_(largestNorm / length);
    }
}
