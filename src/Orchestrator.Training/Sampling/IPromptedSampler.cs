using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>A model that generates images of what it is told.</summary>
public interface IPromptedSampler
{
    /// <summary>Generates images.</summary>
    /// <param name="prompt">What they shall show.</param>
    /// <param name="count">How many.</param>
    /// <param name="noise">Noise to make them of.</param>
    /// <returns>As <see cref="IImageSampler.Sample"/>.</returns>
    /// <exception cref="TrainingException">The model does not understand the prompt.</exception>
    Tensor Sample(string prompt, int count, NoiseSource noise);
}
