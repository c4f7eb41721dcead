using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Diffusion;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>Parameters of <see cref="Text2ImageTask"/>.</summary>
public sealed record Text2ImageOptions : DiffusionOptions
{
    /// <summary>Numbers that stand for a word within the text encoder, four times this one.</summary>
    /// <value>The default is 16.</value>
    [Range(1, 256)]
    [Description("Numbers of each of the four attention heads of the text encoder; a word has four times as many.")]
    public int TextFeatures { get; init; } = 16;
}
