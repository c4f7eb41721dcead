using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Transformer;

/// <summary>GPT-2's initial weights. Radford et al.: Language Models are Unsupervised Multitask Learners, 2019.</summary>
internal static class InitialWeights
{
    private const double Deviation = 0.02;

    internal static void Fill(Tensor weight) => nn.init.normal_(weight, 0, Deviation);

    internal static void Fill(Linear layer)
    {
        Fill(layer.weight!);
        nn.init.zeros_(layer.bias!);
    }

    /// <summary>A layer whose output is added to what came in: smaller, for there are two in every block.</summary>
    internal static void FillResidual(Linear layer, int blocks)
    {
        nn.init.normal_(layer.weight!, 0, Deviation / Math.Sqrt(2 * blocks));
        nn.init.zeros_(layer.bias!);
    }
}
