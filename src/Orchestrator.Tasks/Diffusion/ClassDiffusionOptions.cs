using System.ComponentModel;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>Parameters of <see cref="DiffusionTask"/>.</summary>
public sealed record ClassDiffusionOptions : DiffusionOptions
{
    /// <summary>Whether samples are of a class: the dataset's labels are the condition.</summary>
    /// <value>The default is true.</value>
    [Description("Whether samples are of a class: the dataset's labels are the condition.")]
    public bool Conditional { get; init; } = true;
}
