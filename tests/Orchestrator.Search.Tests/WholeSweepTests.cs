using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Tests;

/// <summary>Sweeps from the first proposal to the end, with the real experiment around them.</summary>
public sealed class WholeSweepTests
{
    private static readonly ParameterSpec[] Conditional =
    [
        new("optimizer", new Distribution.Categorical([ParameterValue.Of("sgd"), ParameterValue.Of("adam")])),
        new("momentum", new Distribution.Uniform(0, 1), [new ParameterCondition("optimizer", [ParameterValue.Of("sgd")])]),
        new("beta", new Distribution.Uniform(0, 1), [new ParameterCondition("optimizer", [ParameterValue.Of("adam")])]),
    ];

    public static TheoryData<SearchMethod> Methods => [.. Enum.GetValues<SearchMethod>().Where(m => m != SearchMethod.Grid)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Conditional_AnyMethod_TrainsOnlyPointsWithTheirOwnParametersAndReplays(SearchMethod method)
    {
        var run = new SchedulerRun(Specs.Of(method, Conditional) with { EarlyTerminate = new EarlyTerminateSpec.Forecast(), Budget = new BudgetSpec(24) }, 4, Loss).ToTheEnd(workers: 3);

        Assert.Equal((ExperimentStatus.Completed, 24), (run.Experiment.Status, run.Experiment.Trials.Count));
        Assert.All(run.Experiment.Trials, t => Assert.Equal(IsSgd(t), t.Parameters.TryGet("momentum", out _)));
        Assert.All(run.Experiment.Trials, t => Assert.Equal(!IsSgd(t), t.Parameters.TryGet("beta", out _)));
        Assert.Equal(run.Experiment.Trials.Select(t => t.Parameters), run.Replay().Trials.Select(t => t.Parameters));
    }

    [Theory]
    [InlineData(SearchMethod.Tpe)]
    [InlineData(SearchMethod.Gp)]
    [InlineData(SearchMethod.Auto)]
    public void WarmStart_TrialsOfAnEarlierSweep_AreLearnedFrom(SearchMethod method)
    {
        var spec = SchedulerRun.Spec(null, 8, method);
        List<EarlierTrial> earlier = [.. Enumerable.Range(0, 30).Select(i => new EarlierTrial(new ParameterSet([new("x", ParameterValue.Of(i / 30.0))]), Math.Abs(i / 30.0 - 0.7), null, null))];

        double Away(ExperimentSpec s) => new SchedulerRun(s, 2, (trial, _) => Math.Abs(SchedulerRun.X(trial) - 0.7)).ToTheEnd(workers: 1).Experiment.Trials.Average(t => Math.Abs(SchedulerRun.X(t) - 0.7));

        Assert.True(Away(spec with { EarlierTrials = earlier }) < 0.6 * Away(spec));
    }

    private static bool IsSgd(Trial trial) => trial.Parameters["optimizer"] == ParameterValue.Of("sgd");

    private static double Loss(Trial trial, int epoch) =>
        (trial.Parameters.TryGet("momentum", out var momentum) ? Math.Abs(momentum.Number!.Value - 0.9) : 0.2 + Math.Abs(trial.Parameters["beta"].Number!.Value - 0.5)) + 1.0 / epoch;
}
