using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>A model that encodes images and decodes them again.</summary>
public interface IImageReconstructor
{
    /// <summary>What remains of images after encoding and decoding.</summary>
    /// <param name="images">Rows x an image, from 0 to 1.</param>
    /// <returns>As many elements, from 0 to 1.</returns>
    Tensor Reconstruct(Tensor images);
}
