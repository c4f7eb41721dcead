using static TorchSharp.torch;

namespace Orchestrator.Tasks.Vae;

/// <summary>An encoder and a decoder of images.</summary>
internal interface IVaeNetwork : IDisposable
{
    /// <summary>Mean and logarithm of the variance of the latent code, rows x latent size each.</summary>
    /// <param name="images">Rows x channels x height x width, 0 to 1.</param>
    (Tensor Mean, Tensor LogVariance) Encode(Tensor images);

    /// <summary>Logits of the pixels, rows x pixels, of latent codes, rows x latent size.</summary>
    Tensor Decode(Tensor codes);
}
