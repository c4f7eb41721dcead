using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>
/// (|gradient| - 1)^2 of the critic between real and generated rows.
/// Gulrajani et al.: Improved Training of Wasserstein GANs, NIPS 2017.
/// </summary>
internal static class GradientPenalty
{
    private const double Epsilon = 1e-12;

    /// <summary>The penalty summed over rows.</summary>
    internal static Tensor Of(Func<Tensor, Tensor> critic, Tensor real, Tensor made, TrainingStep step)
    {
        var shares = step.Uniform([.. Enumerable.Repeat(1L, (int)real.dim() - 1)]);
        var between = (real + ((made - real) * shares)).detach().requires_grad_();
        var gradient = autograd.grad([critic(between).sum()], [between], create_graph: true)[0];
        return ((gradient.flatten(1).square().sum(1) + Epsilon).sqrt() - 1).square().sum();
    }
}
