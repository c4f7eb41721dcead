using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

/// <summary>What every task of images must do, with networks and steps as small as they can be.</summary>
public sealed class ImageTaskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("images-").FullName;

    public static TheoryData<string> Tasks => [.. Options.Keys];

    private static (string Name, ParameterValue Value)[] Diffusion { get; } =
    [
        ("features", ParameterValue.Of(8L)), ("patch_size", ParameterValue.Of(7L)), ("sampling_steps", ParameterValue.Of(2L)), ("evaluation_samples", ParameterValue.Of(100L)),
    ];

    private static (string Name, ParameterValue Value)[] Restoration { get; } = [("features", ParameterValue.Of(4L)), ("blocks", ParameterValue.Of(1L))];

    /// <summary>The parameters of each task; all have 540 images to train and 60 to validate.</summary>
    private static Dictionary<string, (string Name, ParameterValue Value)[]> Options { get; } = new(StringComparer.Ordinal)
    {
        ["diffusion"] = Diffusion,
        ["text2image"] = Diffusion,
        ["vae"] = [("conditional", ParameterValue.Of(true)), ("hidden_size", ParameterValue.Of(16L)), ("latent_size", ParameterValue.Of(2L))],
        ["superres"] = Restoration,
        ["denoise"] = Restoration,
        ["inpaint"] = Restoration,
        ["translate"] = Restoration,
        ["style"] = Restoration,
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Run_OneEpoch_ReportsWhatWasAnnouncedAndDraws(string task)
    {
        var observer = new RecordingObserver();
        Trials.Run(Assign(task, 1), observer);
        var metrics = observer.Epochs[0].Metrics;
        Assert.Equal(TaskCatalog.BuiltIn.Get(task).Schema.Metrics.Order(StringComparer.Ordinal), metrics.Keys.Order(StringComparer.Ordinal));
        Assert.All(metrics, metric => Assert.True(double.IsFinite(metric.Value), metric.Key));

        var (first, second) = (Path.Combine(_folder, "1.png"), Path.Combine(_folder, "2.png"));
        var writer = new SampleWriter(TaskCatalog.BuiltIn);
        writer.WriteSamples(observer.Registered[0].Location, first, new SampleRequest { Count = 20, Seed = 1 });
        writer.WriteSamples(observer.Registered[0].Location, second, new SampleRequest { Count = 20, Seed = 1 });
        Assert.True(new FileInfo(first).Length > 500);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Run_ResumedWithinAnEpoch_GivesTheMetricsOfAnUninterruptedRun(string task)
    {
        var (whole, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(Assign(task, 1) with { CheckpointFolder = Path.Combine(_folder, "whole") }, whole);
        var polls = 0;
        first.StopWhen = _ => ++polls == 3 ? StopRequest.SaveAndStop : StopRequest.None;
        var stopped = Trials.Run(Assign(task, 1), first);
        Trials.Run(Assign(task, 1) with { ResumeFrom = [stopped.LastCheckpoint!] }, second);
        foreach (var (metric, value) in Compared(whole))
            Assert.Equal(value, second.Epochs[^1].Metrics[metric]);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Run_OnTwoRanks_GivesTheLossesOfOne(string task)
    {
        var (single, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(Assign(task, 1), single);
        Trials.Run(Assign(task, 1) with { CheckpointFolder = Path.Combine(_folder, "two") }, LocalProcessGroup.Create(2), [first, second]);
        foreach (var (metric, value) in Compared(single).Where(entry => entry.Key.StartsWith("train_", StringComparison.Ordinal)))
            Assert.InRange(first.Epochs[0].Metrics[metric], value - (0.01 * Math.Abs(value)) - 1e-3, value + (0.01 * Math.Abs(value)) + 1e-3);
        Assert.Equal(Compared(first), Compared(second));
    }

    private static IEnumerable<KeyValuePair<string, double>> Compared(RecordingObserver observer) =>
        observer.Epochs[^1].Metrics.Where(entry => entry.Key != "samples_per_second").OrderBy(entry => entry.Key, StringComparer.Ordinal);

    private TrialAssignment Assign(string task, long epochs) => Trials.Assign(
        Path.Combine(_folder, "checkpoints"),
        SmallDigits.Create(Path.Combine(_folder, "data")),
        [("epochs", ParameterValue.Of(epochs)), ("batch_size", ParameterValue.Of(128L)), .. Options[task]]) with
    {
        Task = task,
        Metric = new MetricSpec(TaskCatalog.BuiltIn.Get(task).Schema.Metrics[0], Goal.Minimize),
    };
}
