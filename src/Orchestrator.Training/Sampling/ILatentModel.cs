using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>A model that makes images of normally distributed codes.</summary>
public interface ILatentModel
{
    /// <summary>Dimensions of a code.</summary>
    int LatentSize { get; }

    /// <summary>Makes images.</summary>
    /// <param name="codes">Rows x <see cref="LatentSize"/>.</param>
    /// <returns>As <see cref="IImageSampler.Sample(int, Randomness.NoiseSource)"/>.</returns>
    Tensor Decode(Tensor codes);
}
