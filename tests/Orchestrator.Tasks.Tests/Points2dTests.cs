using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Points2d;
using Orchestrator.Training.Sampling;

namespace Orchestrator.Tasks.Tests;

public sealed class Points2dTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("points-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_OfTheGan_FindsTheModes() => Assert.True(Train("points2d", 25).Epochs.Max(epoch => epoch.Metrics[PointCloud.ModesMetric]) >= 6);

    [Fact]
    public void Run_OfTheGanWithASteepLearningRate_CollapsesAndTheMetricShowsIt()
    {
        var collapsed = Train("points2d", 5, ("learning_rate", ParameterValue.Of(0.1)));
        Assert.True(collapsed.Epochs[^1].Metrics[PointCloud.ModesMetric] <= 3);
    }

    [Fact]
    public void Run_OfTheVae_FindsTheModes()
    {
        var observer = Train("points2d-vae", 20);
        Assert.True(observer.Epochs[^1].Metrics[PointCloud.ModesMetric] >= 6);
        Assert.True(observer.Epochs[^1].Metrics["validation_elbo"] > observer.Epochs[0].Metrics["validation_elbo"]);
    }

    private RecordingObserver Train(string task, long epochs, params (string, ParameterValue)[] parameters)
    {
        var observer = new RecordingObserver();
        var assignment = Trials.Assign(Path.Combine(_folder, "checkpoints"), "", [("epochs", ParameterValue.Of(epochs)), .. parameters]) with
        {
            Task = task,
            Dataset = new DatasetSpec("", ""),
            Metric = new MetricSpec(PointCloud.ModesMetric, Goal.Maximize),
        };
        Trials.Run(assignment, observer);
        var picture = Path.Combine(_folder, "samples.png");
        new SampleWriter(TaskCatalog.BuiltIn).WriteSamples(observer.Registered[^1].Location, picture, new SampleRequest { Count = 500, Seed = 1 });
        Assert.True(new FileInfo(picture).Length > 300);
        return observer;
    }
}
