namespace Orchestrator.Tasks.Diffusion;

/// <summary>How noise grows over the steps of a diffusion.</summary>
public enum NoiseScheduleKind
{
    /// <summary>The variance that a step adds grows evenly. Ho et al.: Denoising Diffusion Probabilistic Models, NeurIPS 2020.</summary>
    Linear,

    /// <summary>What remains of the image falls along a squared cosine. Nichol and Dhariwal: Improved Denoising Diffusion Probabilistic Models, ICML 2021.</summary>
    Cosine,
}
