using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Coordinator.Submitting;

/// <summary>Reads what earlier experiments have shown from their journals, so that a new one begins with it.</summary>
internal static class WarmStart
{
    /// <summary>The spec with the trials of the experiments that it names; null where one of them is not there, which is added to the errors.</summary>
    public static async Task<ExperimentSpec?> Resolve(ExperimentSpec spec, IExperimentJournal journal, ICollection<string> errors)
    {
        if (spec.WarmStart is not { Count: > 0 } names) return spec;
        var reader = new EarlierTrialReader(spec.Metric);
        foreach (var name in names)
        {
            var isThere = false;
            if (ExperimentId.TryParse(name, out var id))
            {
                await foreach (var (_, value) in journal.ReadAsync(id, 0, CancellationToken.None))
                {
                    isThere = value is not ExperimentDeleted; // its last event: what it has is being removed
                    reader.Read(value);
                }
            }
            if (!isThere) errors.Add($"warm_start: there is no experiment '{name}'; 'orch status' lists those there are.");
        }
        return errors.Count == 0 ? spec with { EarlierTrials = reader.Trials } : null;
    }
}
