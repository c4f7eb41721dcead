using Orchestrator.Training.Randomness;

namespace Orchestrator.Training.Sampling;

/// <summary>A model that makes sounds.</summary>
public interface ISoundSampler
{
    /// <summary>Samples of a second.</summary>
    int SampleRate { get; }

    /// <summary>Makes sounds.</summary>
    /// <param name="request">How many, and of which kind.</param>
    /// <param name="noise">Noise to make them of, where the model needs some.</param>
    /// <returns>Sounds of samples from -1 to 1.</returns>
    IReadOnlyList<float[]> Play(SoundRequest request, NoiseSource noise);
}
