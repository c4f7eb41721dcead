using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Adversarial;

namespace Orchestrator.Tasks.Dcgan;

/// <summary>Parameters of <see cref="DcganTask"/>.</summary>
public record DcganOptions : ImageGanOptions
{
    /// <summary>Height and width of the images, 28 or 64 pixels; data of another size are resampled.</summary>
    /// <value>The default is 28.</value>
    [Range(28, 64)]
    [Description("Height and width of the images, 28 or 64 pixels; data of another size are resampled.")]
    public int ImageSize { get; init; } = 28;

    /// <summary>Channels of the layers next to the image; each layer further in has twice as many.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 1024)]
    [Description("Channels of the layers next to the image; each layer further in has twice as many.")]
    public int Features { get; init; } = 64;
}
