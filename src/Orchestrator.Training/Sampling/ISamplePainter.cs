using Orchestrator.Training.Imaging;
using Orchestrator.Training.Randomness;

namespace Orchestrator.Training.Sampling;

/// <summary>A model whose samples are no images, but can be drawn.</summary>
public interface ISamplePainter
{
    /// <summary>Draws samples in one picture.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noise">Noise to make them of.</param>
    ImageGrid Paint(int count, NoiseSource noise);
}
