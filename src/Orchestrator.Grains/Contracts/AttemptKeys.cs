using Orchestrator.Domain.Identity;

namespace Orchestrator.Grains.Contracts;

/// <summary>Between attempt keys and the domain's ids.</summary>
public static class AttemptKeys
{
    /// <summary>The domain's id.</summary>
    public static AttemptId ToId(this AttemptKey key) => new(new TrialId(new ExperimentId(key.Experiment), key.Trial), key.Attempt);

    /// <summary>The key that crosses grain calls.</summary>
    public static AttemptKey ToKey(this AttemptId id) => new(id.Trial.Experiment.Value, id.Trial.Number, id.Number);
}
