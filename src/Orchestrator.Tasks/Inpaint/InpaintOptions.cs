using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Restoration;

namespace Orchestrator.Tasks.Inpaint;

/// <summary>Parameters of <see cref="InpaintTask"/>.</summary>
public sealed record InpaintOptions : PlainRestorationOptions
{
    /// <summary>The defaults of this task.</summary>
    public InpaintOptions() => Loss = RestorationLoss.Absolute;

    /// <summary>Side, in pixels, of the square that is lost; it lies anywhere but near the border.</summary>
    /// <value>The default is 12.</value>
    [Range(1, 1024)]
    [Description("Side, in pixels, of the square that is lost; it must be smaller than the images.")]
    public int HoleSize { get; init; } = 12;
}
