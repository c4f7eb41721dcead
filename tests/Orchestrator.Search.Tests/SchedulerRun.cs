using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Search.Tests;

/// <summary>A sweep of trials of some epochs, with the real experiment, an epoch at a time in turn.</summary>
internal sealed class SchedulerRun
{
    private const int MaxRounds = 10_000;

    private readonly ExperimentSpec _spec;
    private readonly int _epochs;
    private readonly Func<Trial, int, double> _loss;

    public SchedulerRun(ExperimentSpec spec, int epochs, Func<Trial, int, double> loss)
    {
        spec = spec with { Parameters = [.. spec.Parameters, new ParameterSpec("epochs", new Distribution.Constant(ParameterValue.Of((long)epochs)))] };
        (_spec, _epochs, _loss) = (spec, epochs, loss);
        Journal.Add(new ExperimentSubmitted(DateTimeOffset.UnixEpoch, _spec, ""));
        Experiment = Replay();
    }

    public List<ExperimentEvent> Journal { get; } = [];

    public Experiment Experiment { get; }

    public Experiment Replay()
    {
        var experiment = new Experiment(new ExperimentId("run"), (ExperimentSubmitted)Journal[0], SearchAlgorithms.Create(_spec), TrialSchedulers.Create(_spec));
        foreach (var value in Journal.Skip(1)) experiment.Apply(value);
        return experiment;
    }

    /// <summary>Runs to the end over some workers.</summary>
    public SchedulerRun ToTheEnd(int workers)
    {
        for (var round = 0; !Experiment.IsTerminal; round++)
        {
            Assert.True(round < MaxRounds, "The sweep does not end.");
            while (Do(Experiment.Settle(DateTimeOffset.UnixEpoch)))
            {
            }
            while (Experiment.RunningTrials.Count < workers && Do(Experiment.Place(["w"], DateTimeOffset.UnixEpoch)))
            {
            }
            foreach (var number in Experiment.RunningTrials.ToList()) Train(Experiment.Find(number)!);
        }
        return this;
    }

    /// <summary>How many epochs each trial has trained, by number; a fork without those of its parent.</summary>
    public IEnumerable<int> Epochs => Experiment.Trials.Select(t => t.Epoch - t.ParentEpoch);

    private void Train(Trial trial)
    {
        var epoch = trial.Epoch + 1;
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal) { [_spec.Metric.Name] = _loss(trial, epoch) };
        Do(Experiment.Report(new TrialReported(default, trial.Id.Number, trial.Attempt, epoch, epoch, epoch, metrics), DateTimeOffset.UnixEpoch, out _));
        if (trial.Status == TrialStatus.Running && epoch >= _epochs) Do(Experiment.EndAttempt(new AttemptEnded(default, trial.Id.Number, trial.Attempt, AttemptOutcome.Completed, null), DateTimeOffset.UnixEpoch));
    }

    private bool Do(IReadOnlyList<ExperimentEvent> events)
    {
        foreach (var value in events) Experiment.Apply(value);
        Journal.AddRange(events);
        return events.Count > 0;
    }

    /// <summary>A parameter between 0 and 1 whose loss is lower the lower it is.</summary>
    public static ExperimentSpec Spec(EarlyTerminateSpec? early, int trials, SearchMethod method = SearchMethod.Random) =>
        Specs.Of(method, new ParameterSpec("x", new Distribution.Uniform(0, 1))) with { EarlyTerminate = early, Budget = new BudgetSpec(trials) };

    public static double X(Trial trial) => trial.Parameters["x"].Number!.Value;
}
