using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Points2d;
using Orchestrator.Training;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

public sealed class HealthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("health-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_OfAGanThatCollapses_SaysSoOnceAndGoesOn()
    {
        var observer = new RecordingObserver();
        Trials.Run(Collapsing(), observer);
        Assert.Equal(6, observer.Epochs.Count);
        Assert.StartsWith("collapse: ", Assert.Single(observer.Epochs.SelectMany(epoch => epoch.Findings)), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfAGanThatCollapses_EndsWhereTheSweepSaysSo()
    {
        var observer = new RecordingObserver();
        var exception = Assert.Throws<TrainingException>(() => Trials.Run(Collapsing() with { StopOn = [HealthProblem.Nan, HealthProblem.Collapse] }, observer));
        Assert.Equal(TrainingException.Unhealthy, exception.Code);
        Assert.Matches(@"^collapse: .*, in 3 evaluations in a row, the last at epoch 5\.$", exception.Message);
        Assert.Equal(5, observer.Epochs.Count); // the report with the finding came first
        Assert.Equal(5, observer.Registered[^1].Epoch);
    }

    [Fact]
    public void Run_ThatLearns_FindsNothing()
    {
        var observer = new RecordingObserver();
        Trials.Run(Points(("epochs", ParameterValue.Of(16L))), observer);
        Assert.Empty(observer.Epochs.SelectMany(epoch => epoch.Findings));
    }

    [Theory]
    [InlineData(new HealthProblem[0], TrainingException.Diverged)]
    [InlineData(new[] { HealthProblem.Nan }, TrainingException.Unhealthy)]
    public void Run_ThatDiverges_FailsUnlessTheSweepSaysOtherwise(HealthProblem[] stopOn, string code)
    {
        var assignment = Trials.Small(_folder, 3);
        var parameters = new ParameterSet([.. assignment.Parameters, new("learning_rate", ParameterValue.Of(100L)), new("optimizer", ParameterValue.Of("sgd"))]);
        Assert.Equal(code, Assert.Throws<TrainingException>(() => Trials.Run(assignment with { Parameters = parameters, StopOn = stopOn }, new RecordingObserver())).Code);
    }

    [Fact]
    public void Run_InParts_GivesTheLossesOfTheWhole()
    {
        var (whole, parts) = (new RecordingObserver(), new RecordingObserver());
        var assignment = Trials.Small(_folder, 2);
        Trials.Run(assignment, whole);
        var parameters = new ParameterSet([.. assignment.Parameters, new("accumulate", ParameterValue.Of(3L))]);
        Trials.Run(assignment with { Parameters = parameters, CheckpointFolder = Path.Combine(_folder, "other") }, parts);
        foreach (var (expected, actual) in whole.Epochs.Zip(parts.Epochs))
        {
            Assert.Equal(1, actual.Metrics["train_loss"] / expected.Metrics["train_loss"], 1e-5);
            Assert.Equal(1, actual.Metrics["validation_elbo"] / expected.Metrics["validation_elbo"], 1e-5);
        }
    }

    [Fact]
    public void Run_InPartsOfNetworksThatTakeTurns_IsRefused() => Assert.Contains(
        "accumulate = 2",
        Assert.Throws<TrainingException>(() => Trials.Run(Points(("accumulate", ParameterValue.Of(2L))), new RecordingObserver())).Message,
        StringComparison.Ordinal);

    private TrialAssignment Collapsing() => Points(("epochs", ParameterValue.Of(6L)), ("learning_rate", ParameterValue.Of(0.1)));

    private TrialAssignment Points(params (string, ParameterValue)[] parameters) => Trials.Assign(Path.Combine(_folder, "checkpoints"), "", parameters) with
    {
        Task = "points2d",
        Dataset = new DatasetSpec("", ""),
        Metric = new MetricSpec(PointCloud.ModesMetric, Goal.Maximize),
    };
}
