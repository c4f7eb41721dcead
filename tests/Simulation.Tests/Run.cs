using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Tests;

/// <summary>A whole sweep in virtual time, with faults, from one seed; what must hold is checked after every event.</summary>
internal sealed class Run
{
    public const int Workers = 6;
    private const double LongestSeconds = 200_000;

    private readonly Clockwork _clock;
    private readonly List<SimulatedWorker> _workers = [];
    private readonly Faults _faults;
    private readonly Dictionary<int, TrialStatus> _ended = [];
    private readonly Dictionary<(int Trial, int Attempt), long> _sequences = [];
    private int _checked = 1;
    private int _started;

    public Run(long seed, Faults faults, ExperimentSpec spec, int epochs)
    {
        _clock = new Clockwork(seed);
        _faults = faults;
        Coordinator = new SimulatedCoordinator(_clock, faults, spec, epochs);
        for (var i = 0; i < Workers; i++) StartWorker();
        ReplaceDead();
    }

    public SimulatedCoordinator Coordinator { get; }

    public double Seconds => _clock.Seconds;

    public void ToTheEnd()
    {
        while (!Coordinator.Experiment.IsTerminal)
        {
            Hold(_clock.Step() && _clock.Seconds < LongestSeconds, "the sweep ends");
            CheckJournal();
            CheckSlots();
        }
    }

    private static void Hold(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException($"It does not hold that {what}.");
    }

    /// <summary>Looks at the events that are new.</summary>
    private void CheckJournal()
    {
        for (; _checked < Coordinator.Journal.Count; _checked++)
        {
            switch (Coordinator.Journal[_checked])
            {
                case TrialEnded ended:
                    Hold(_ended.TryAdd(ended.Trial, ended.Status), $"trial {ended.Trial} ends once");
                    break;
                case TrialReported report:
                    Hold(!_ended.ContainsKey(report.Trial), $"trial {report.Trial} reports only while it runs");
                    Hold(report.Sequence == _sequences.GetValueOrDefault((report.Trial, report.Attempt)) + 1, $"every report of trial {report.Trial} counts once and none is lost");
                    _sequences[(report.Trial, report.Attempt)] = report.Sequence;
                    break;
                case AttemptStarted started:
                    Hold(started.Workers.Distinct(StringComparer.Ordinal).Count() == Coordinator.Experiment.Spec.Resources.WorldSize, "a gang is whole");
                    break;
            }
        }
    }

    /// <summary>No worker has two attempts, and the budget of trials is kept.</summary>
    private void CheckSlots()
    {
        var experiment = Coordinator.Experiment;
        var taken = experiment.RunningTrials.SelectMany(number => experiment.Find(number)!.Workers).ToList();
        Hold(taken.Distinct(StringComparer.Ordinal).Count() == taken.Count, "no worker has two attempts");
        Hold(experiment.Trials.Count <= experiment.Spec.Budget.Trials, "the budget of trials is kept");
    }

    private void StartWorker() => _workers.Add(new SimulatedWorker($"worker-{++_started}", _clock, Coordinator, _faults));

    /// <summary>A node that died comes back as a new worker.</summary>
    private void ReplaceDead()
    {
        for (var dead = _workers.RemoveAll(w => w.IsDead); dead > 0; dead--) _clock.In(_clock.Between(1, 60), StartWorker);
        _clock.In(30, ReplaceDead);
    }
}
