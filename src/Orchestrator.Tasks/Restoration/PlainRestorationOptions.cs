using System.ComponentModel;

namespace Orchestrator.Tasks.Restoration;

/// <summary>Parameters of the tasks that are trained by the true images alone.</summary>
public record PlainRestorationOptions : RestorationOptions
{
    /// <summary>What restored pixels are trained by.</summary>
    /// <value>The default is squared.</value>
    [Description("What restored pixels are trained by: squared or absolute differences from the true ones.")]
    public RestorationLoss Loss { get; init; } = RestorationLoss.Squared;
}
