using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.TestKit.Building;
using Xunit.Abstractions;

namespace Orchestrator.Domain.Tests.Experiments;

[Collection(nameof(MeasuredAlone))]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int Trials = 100_000;
    private const int Bound = 700; // of the 2 KiB that a finished trial may take in the whole coordinator

    /// <summary>A coordinator that restarts on a long journal keeps little of each trial: names come from JSON anew with every event, and are shared.</summary>
    [Fact]
    public void Replay_ManyFinishedTrials_KeepsLittleOfEach()
    {
        var experiment = new Experiment(new ExperimentId("test"), Events.Submitted(), new NoSearch(), new NoScheduler());
        // What tests before this one left to their finalizers must not be freed within the measurement.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var trial = 1; trial <= Trials; trial++)
            foreach (var value in Life(trial)) experiment.Apply(ExperimentEventJson.Deserialize(ExperimentEventJson.Serialize(value)));

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Trials;
        GC.KeepAlive(experiment);
        output.WriteLine($"{each:F0} bytes for each finished trial");
        Assert.InRange(each, 1, Bound);
    }

    private static ExperimentEvent[] Life(int trial) =>
    [
        new TrialProposed(Events.At, trial, Parameters(trial), trial),
        Events.Started(trial, 1, "worker-a-0", "worker-a-1"),
        Report(trial, 1),
        Report(trial, 2),
        Events.AttemptEnded(trial),
        Events.TrialEnded(trial),
    ];

    private static ParameterSet Parameters(int trial) => new(
    [
        new("optimizer.learning_rate", ParameterValue.Of(1.0 / trial)),
        new("batch_size", ParameterValue.Of(128)),
        new("hidden_units", ParameterValue.Of(trial)),
        new("optimizer.weight_decay", ParameterValue.Of(0.5 / trial)),
        new("activation", ParameterValue.Of("softplus")),
    ]);

    private static TrialReported Report(int trial, int epoch) => new(Events.At, trial, 1, epoch, epoch, epoch * 70, new Dictionary<string, double>
    {
        ["loss"] = 1.0 / epoch,
        ["validation_elbo"] = -100.0 / epoch,
        ["samples_per_second"] = 12_345,
    });

    private sealed class NoSearch : ISearchAlgorithm
    {
        public ParameterSet? Propose(int trialNumber) => null;

        public void Observe(SearchObservation observation) { }
    }

    private sealed class NoScheduler : ITrialScheduler
    {
        public SchedulerDecision Decide(SchedulerReport report) => SchedulerDecision.Continue;

        public void Observe(SchedulerReport report) { }
    }
}
