using static TorchSharp.torch;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>A <see cref="UNet"/>, and the encoder of the conditions that it is given, if there are any.</summary>
internal sealed class Denoiser : nn.Module
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly UNet unet;
    private readonly nn.Module<Tensor, Tensor>? condition;
#pragma warning restore IDE1006

    /// <summary>Takes over both.</summary>
    /// <param name="unet">The network of images.</param>
    /// <param name="condition">From conditions, rows of whole numbers, to what <see cref="UNet"/> takes.</param>
    internal Denoiser(UNet unet, nn.Module<Tensor, Tensor>? condition)
        : base("denoiser")
    {
        (this.unet, this.condition) = (unet, condition);
        RegisterComponents();
    }

    /// <summary>The noise in images.</summary>
    internal Tensor Predict(Tensor images, Tensor times, Tensor conditions) => unet.call(images, times, condition?.call(conditions));

    /// <summary>Where the pixels of images look: see <see cref="UNet.Attention"/>.</summary>
    internal Tensor Attention(Tensor images, Tensor times, Tensor conditions) => unet.Attention(images, times, condition?.call(conditions));
}
