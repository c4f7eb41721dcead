using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Output;

/// <summary>What an experiment came to.</summary>
/// <param name="View">The experiment.</param>
/// <param name="Checkpoint">The folder of the best trial's best checkpoint, or null.</param>
/// <param name="Seconds">How long the command took.</param>
internal sealed record ExperimentResult(ExperimentView View, string? Checkpoint, double Seconds)
{
    /// <summary>A picture that was drawn from the best model, or null.</summary>
    public string? Samples { get; init; }

    /// <summary>A picture of data beside its reconstructions, or null.</summary>
    public string? Reconstructions { get; init; }
}
