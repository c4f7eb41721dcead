using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Restoration;

namespace Orchestrator.Tasks.Denoise;

/// <summary>Parameters of <see cref="DenoiseTask"/>.</summary>
public sealed record DenoiseOptions : PlainRestorationOptions
{
    /// <summary>Standard deviation of the noise; pixels are from 0 to 1.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0.001, 10.0)]
    [Description("Standard deviation of the noise to take away; pixels are from 0 to 1.")]
    public double NoiseLevel { get; init; } = 0.3;
}
