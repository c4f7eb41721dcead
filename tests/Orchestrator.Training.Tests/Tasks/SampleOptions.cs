using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Training.Tests.Tasks;

internal sealed record SampleOptions : TrainingOptions
{
    [Range(1, 64)]
    [Description("Layers.")]
    public int LayerCount { get; init; } = 2;

    [AllowedValues("relu", "tanh")]
    [Description("Activation.")]
    public string Activation { get; init; } = "relu";

    [Description("Whether to normalise.")]
    public bool Normalise { get; init; }
}
