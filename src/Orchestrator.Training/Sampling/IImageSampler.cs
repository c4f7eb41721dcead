using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>A model that generates images.</summary>
public interface IImageSampler
{
    /// <summary>Images of a row when many are laid out, where some number suits them; each column is of a kind then.</summary>
    int? Columns => null;

    /// <summary>Generates images.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noise">Noise to make them of.</param>
    /// <returns><paramref name="count"/> x the elements of an image, from 0 to 1; with the shape 1 x height x width if the size is not the data's.</returns>
    Tensor Sample(int count, NoiseSource noise);
}
