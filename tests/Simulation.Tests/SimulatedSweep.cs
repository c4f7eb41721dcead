using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Simulation.Tests;

/// <summary>One sweep of the simulated coordinator: its journal, the state that is live, and a second one that only ever saw the journal.</summary>
internal sealed class SimulatedSweep
{
    private readonly RetryPolicy _retries = new(MaxInterruptionsWithoutProgress: 50);

    public SimulatedSweep(int number, ExperimentSpec spec, int epochs, DateTimeOffset now)
    {
        Id = new ExperimentId($"sim-{number}");
        Epochs = epochs;
        Journal = [new ExperimentSubmitted(now, spec, "")];
        (Experiment, Shadow) = (Replay(), Replay());
    }

    public ExperimentId Id { get; }

    public int Epochs { get; }

    public List<ExperimentEvent> Journal { get; }

    /// <summary>What the coordinator decides by.</summary>
    public Experiment Experiment { get; private set; }

    /// <summary>What the journal gives, event by event.</summary>
    public Experiment Shadow { get; }

    public Demand Demand => new(Experiment.Demand, Experiment.Spec.Resources.WorldSize, Experiment.Spec.Resources.Device)
    {
        Queue = Experiment.Spec.Queue ?? QueueSpec.Default,
        Priority = Experiment.Spec.Priority,
        Require = Experiment.Spec.Resources.Require,
    };

    /// <summary>The coordinator comes back with nothing but the journal.</summary>
    public void Reload() => Experiment = Replay();

    /// <summary>The journal has taken events; now the state does.</summary>
    public void Append(IReadOnlyList<ExperimentEvent> events)
    {
        Journal.AddRange(events);
        foreach (var value in events)
        {
            Experiment.Apply(value);
            Shadow.Apply(value);
        }
    }

    public bool IsRunning(AttemptId attempt) => Experiment.Find(attempt.Trial.Number) is { Status: TrialStatus.Running } trial && trial.Attempt == attempt.Number;

    /// <summary>Whether a worker has rank 0 of an attempt that runs: what others say of it does not count.</summary>
    public bool IsFirst(AttemptId attempt, string worker) => IsRunning(attempt) && Experiment.Find(attempt.Trial.Number)!.Workers[0] == worker;

    /// <summary>The state that the journal gives.</summary>
    public Experiment Replay()
    {
        var submitted = (ExperimentSubmitted)Journal[0];
        var experiment = new Experiment(Id, submitted, SearchAlgorithms.Create(submitted.Spec), TrialSchedulers.Create(submitted.Spec), _retries);
        foreach (var value in Journal.Skip(1)) experiment.Apply(value);
        return experiment;
    }
}
