using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>A model that makes images of images: encodes and decodes them, restores or translates them.</summary>
public interface IImageReconstructor
{
    /// <summary>What the model makes of images, and on the way to it, to be shown below them.</summary>
    /// <param name="batch">Rows x an image, from 0 to 1, and their labels.</param>
    /// <param name="noise">For the rows, where the model needs some.</param>
    /// <returns>One or more tensors of as many elements as the images, from 0 to 1; the last one is the result.</returns>
    IReadOnlyList<Tensor> Reconstruct(Batch batch, NoiseSource noise);
}
