using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Restoration;

namespace Orchestrator.Tasks.Style;

/// <summary>Parameters of <see cref="StyleTask"/>.</summary>
public sealed record StyleOptions : RestorationOptions
{
    /// <summary>The picture whose style the images take on.</summary>
    /// <value>The default is stripes.</value>
    [Description("The picture whose style the images take on: stripes, checks, dots or waves.")]
    public StylePattern Pattern { get; init; } = StylePattern.Stripes;

    /// <summary>Weight of the difference of style in the loss; that of content is 1.</summary>
    /// <value>The default is 5.</value>
    [Range(0.0, 1e6)]
    [Description("Weight of the difference of style in the loss; that of content is 1.")]
    public double StyleWeight { get; init; } = 5;
}
