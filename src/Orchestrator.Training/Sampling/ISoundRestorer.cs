using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>A model that makes sounds of sounds.</summary>
public interface ISoundRestorer
{
    /// <summary>Samples of a second.</summary>
    int SampleRate { get; }

    /// <summary>What the model is given of sounds, and what it makes of it, to be played after them.</summary>
    /// <param name="batch">Rows x 1 x samples, from -1 to 1.</param>
    /// <param name="noise">For the rows.</param>
    /// <returns>Tensors of the same shape; the last one is the result.</returns>
    IReadOnlyList<Tensor> Restore(Batch batch, NoiseSource noise);
}
