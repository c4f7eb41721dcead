namespace Orchestrator.Tasks.Diffusion;

/// <summary>What the network is trained to predict of a noisy image.</summary>
public enum PredictionTarget
{
    /// <summary>The noise. Ho et al.: Denoising Diffusion Probabilistic Models, NeurIPS 2020, there epsilon.</summary>
    Noise,

    /// <summary>
    /// The noise less the image, each by the other's share: what is asked for stays of one size from the first step to the last.
    /// Salimans and Ho: Progressive Distillation for Fast Sampling of Diffusion Models, ICLR 2022, there v.
    /// </summary>
    Velocity,
}
