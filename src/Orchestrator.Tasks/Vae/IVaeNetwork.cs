using static TorchSharp.torch;

namespace Orchestrator.Tasks.Vae;

/// <summary>An encoder and a decoder of images.</summary>
internal interface IVaeNetwork : IDisposable
{
    /// <summary>Mean and logarithm of the variance of the latent code, rows x latent size each.</summary>
    /// <param name="images">Rows x channels x height x width, 0 to 1.</param>
    /// <param name="classes">Rows x classes, 1 for the row's own class and 0 for others; null for a network without classes.</param>
    (Tensor Mean, Tensor LogVariance) Encode(Tensor images, Tensor? classes);

    /// <summary>Logits of the pixels, rows x pixels.</summary>
    /// <param name="codes">Rows x latent size.</param>
    /// <param name="classes">As in <see cref="Encode"/>.</param>
    Tensor Decode(Tensor codes, Tensor? classes);

    /// <summary>Features with the classes after them, if there are any.</summary>
    static Tensor With(Tensor features, Tensor? classes) => classes is null ? features : cat([features, classes], 1);
}
