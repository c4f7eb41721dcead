using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace MyCompany;

/// <summary>Parameters of <see cref="MyTask"/>: these, and all that every task has.</summary>
public sealed record MyOptions : TrainingOptions
{
    /// <summary>Units of the hidden layer.</summary>
    /// <value>The default is 16.</value>
    [Range(1, 1024)]
    [Description("Units of the hidden layer.")]
    public int HiddenSize { get; init; } = 16;
}
