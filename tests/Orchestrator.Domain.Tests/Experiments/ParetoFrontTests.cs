using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

public sealed class ParetoFrontTests
{
    [Fact]
    public void ParetoFront_SeveralMetrics_IsOfTrialsThatNoneBeats()
    {
        var machine = Machine([(1, 9), (2, 8), (2, 9), (0.5, 1), (3, 9.5)], new ExperimentSpecBuilder().Further(new MetricSpec("score", Goal.Maximize)));

        Assert.Equal([1, 4, 5], machine.Experiment.ParetoFront());
    }

    [Fact]
    public void ParetoFront_TrialsThatBreakAConstraint_AreLeftOut()
    {
        var machine = Machine([(1, 9), (2, 20), (0.5, 1)], new ExperimentSpecBuilder().Further(new MetricSpec("score", Goal.Maximize)).Constraints("score <= 16"));

        Assert.Equal([1, 3], machine.Experiment.ParetoFront());
    }

    [Fact]
    public void ParetoFront_TrialsThatHaveNotEnded_AreLeftOut()
    {
        var machine = Machine([(1, 9)], new ExperimentSpecBuilder().Further(new MetricSpec("score", Goal.Maximize)));
        machine.Place();
        Report(machine, 2, 0, 99);

        Assert.Equal([1], machine.Experiment.ParetoFront());
    }

    [Fact]
    public void ParetoFront_OneMetric_IsEmpty() => Assert.Empty(Machine([(1, 9)], new ExperimentSpecBuilder()).Experiment.ParetoFront());

    private static Machine Machine((double Loss, double Score)[] trials, ExperimentSpecBuilder spec)
    {
        var machine = new Machine(spec.Trials(10));
        for (var number = 1; number <= trials.Length; number++)
        {
            machine.Place();
            Report(machine, number, trials[number - 1].Loss, trials[number - 1].Score);
            machine.End(number);
        }
        return machine;
    }

    private static void Report(Machine machine, int trial, double loss, double score)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal) { [machine.Experiment.Spec.Metric.Name] = loss, ["score"] = score };
        machine.Do(machine.Experiment.Report(new TrialReported(machine.Now, trial, 1, 1, 1, 1, metrics), machine.Now, out _));
    }
}
