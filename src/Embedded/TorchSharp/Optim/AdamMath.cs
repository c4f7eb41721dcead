using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>What the optimizers of Adam's family share.</summary>
internal static class AdamMath
{
    internal static void Require(double lr, double beta1, double beta2, double eps, double weightDecay)
    {
        if (lr < 0) throw new ArgumentException($"Invalid learning rate: {lr}");
        if (beta1 is < 0 or >= 1) throw new ArgumentException($"Invalid beta1 value: {beta1}");
        if (beta2 is < 0 or >= 1) throw new ArgumentException($"Invalid beta2 value: {beta2}");
        if (eps < 0) throw new ArgumentException($"Invalid eps value: {eps}");
        if (weightDecay < 0) throw new ArgumentException($"Invalid weight_decay value: {weightDecay}");
    }

    internal static AdamStep Step(
        ParamGroup group, double? beta1, double? beta2, double? eps, double? weightDecay, bool? maximize, bool decoupled) => new()
    {
        LearningRate = group.LearningRate,
        Beta1 = beta1!.Value,
        Beta2 = beta2!.Value,
        Epsilon = eps!.Value,
        WeightDecay = weightDecay!.Value,
        Maximize = maximize!.Value ? 1 : 0,
        Decoupled = decoupled ? 1 : 0,
    };
}
