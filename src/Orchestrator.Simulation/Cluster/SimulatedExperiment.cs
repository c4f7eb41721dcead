using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Simulation.Cluster;

/// <summary>A sweep under simulation: the real state machine, its runs, and how long it has waited.</summary>
internal sealed class SimulatedExperiment
{
    private Demand _demand;

    public SimulatedExperiment(int number, ExperimentSpec spec, DateTimeOffset now)
    {
        Id = new ExperimentId($"{spec.Name}-{number}");
        Machine = new Experiment(Id, new ExperimentSubmitted(now, spec, ""), SearchAlgorithms.Create(spec), TrialSchedulers.Create(spec));
        _demand = new Demand(0, spec.Resources.WorldSize, spec.Resources.Device)
        {
            Queue = spec.Queue ?? QueueSpec.Default,
            Priority = spec.Priority,
            Share = (int)Math.Round((spec.Resources.DeviceFraction ?? 1) * Device.Whole),
            Prefer = spec.Resources.Prefer,
            Require = spec.Resources.Require,
        };
    }

    public ExperimentId Id { get; }

    public Experiment Machine { get; }

    public Dictionary<int, SimulatedRun> Runs { get; } = [];

    public string Queue => _demand.Queue;

    public int WorldSize => _demand.WorldSize;

    public long Events { get; private set; } = 1;

    /// <summary>Since when it waits for its next gang; null: it wants none.</summary>
    public double? WaitsSince { get; set; }

    /// <summary>What it wants of the pool now.</summary>
    public Demand Demand
    {
        get
        {
            var gangs = Machine.Demand;
            if (gangs != _demand.Gangs) _demand = _demand with { Gangs = gangs };
            return _demand;
        }
    }

    /// <summary>Takes what was decided, as if it had been journaled.</summary>
    public IReadOnlyList<ExperimentEvent> Commit(IReadOnlyList<ExperimentEvent> events)
    {
        foreach (var value in events) Machine.Apply(value);
        Events += events.Count;
        return events;
    }
}
