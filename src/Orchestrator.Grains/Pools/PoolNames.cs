using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Pools;

/// <summary>Which pool is whose: an experiment whose gangs have machines of their own has a pool for itself.</summary>
public static class PoolNames
{
    /// <summary>The pool of an experiment.</summary>
    public static string Of(ExperimentId experiment, ExperimentSpec? spec) => spec?.Dedicated is null ? IPoolGrain.Default : Of(experiment.Value);

    /// <summary>The pool that a worker is of.</summary>
    public static string Of(WorkerRegistration? worker) => worker is { Experiment.Length: > 0 } ? Of(worker.Experiment) : IPoolGrain.Default;

    /// <summary>The pool of an experiment whose gangs have machines of their own.</summary>
    public static string Of(string experiment) => $"dedicated/{experiment}";
}
