using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;

namespace Orchestrator.Grains.Tests.Support;

/// <summary>Notes what is removed, or fails as a disk does.</summary>
internal sealed class FakeExperimentFiles : IExperimentFiles
{
    public List<(string Experiment, bool KeepsCheckpoints)> Removed { get; } = [];

    /// <summary>What the next removals end with; null: nothing stands in their way.</summary>
    public Exception? Fault { get; set; }

    public Task RemoveAsync(ExperimentId experiment, bool keepCheckpoints, CancellationToken cancellationToken)
    {
        if (Fault is { } fault) return Task.FromException(fault);
        Removed.Add((experiment.Value, keepCheckpoints));
        return Task.CompletedTask;
    }
}
