using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Restoration;

/// <summary>Parameters that the tasks that restore images share.</summary>
public record RestorationOptions : TrainingOptions
{
    /// <summary>The defaults of these tasks.</summary>
    public RestorationOptions() => BatchSize = 64;

    /// <summary>Channels of the network's layers.</summary>
    /// <value>The default is 32.</value>
    [Range(1, 1024)]
    [Description("Channels of the layers of the network.")]
    public int Features { get; init; } = 32;

    /// <summary>Residual blocks of the network.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 64)]
    [Description("Residual blocks of the network, of two convolutions each.")]
    public int Blocks { get; init; } = 4;
}
