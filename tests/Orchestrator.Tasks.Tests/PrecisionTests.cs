using Orchestrator.Collectives;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Points2d;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Precision;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using Orchestrator.Training.Trials;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Tests;

/// <summary>Training in bfloat16: layers round, what the optimizer changes does not.</summary>
public sealed class PrecisionTests : IDisposable
{
    private static readonly (string, ParameterValue) Reduced = ("precision", ParameterValue.Of("bfloat16"));

    private readonly string _folder = Directory.CreateTempSubdirectory("precision-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("vae", "validation_loss")]
    [InlineData("transformer", "validation_loss")]
    [InlineData("rnn", "validation_loss")]
    [InlineData("points2d", "train_discriminator_loss")]
    public void Run_InBfloat16_ReachesNearlyTheLossOf32Bits(string task, string metric)
    {
        var (exact, rounded) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Small(task, "exact"), exact);
        Trials.Run(Small(task, "rounded", Reduced), rounded);

        var (expected, actual) = (exact.Epochs[^1].Metrics[metric], rounded.Epochs[^1].Metrics[metric]);
        Assert.NotEqual(expected, actual);
        Assert.InRange(actual / expected, 0.9, 1.1);
    }

    [Theory]
    [InlineData("vae")]
    [InlineData("points2d")]
    public void Run_ResumedInBfloat16_GivesTheLossesOfAnUninterruptedRun(string task)
    {
        var (whole, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(Small(task, "whole", Reduced), whole);
        var polls = 0;
        first.StopWhen = _ => ++polls == 13 ? StopRequest.SaveAndStop : StopRequest.None;
        var stopped = Trials.Run(Small(task, "first", Reduced), first);
        Trials.Run(Small(task, "first", Reduced) with { ResumeFrom = [stopped.LastCheckpoint!] }, second);

        Assert.Equal(13, second.Started!.Step);
        foreach (var (name, value) in whole.Epochs[^1].Metrics.Where(entry => entry.Key != "samples_per_second"))
            Assert.Equal(value, second.Epochs[^1].Metrics[name]);
    }

    /// <summary>Checkpoints have the parameters with all their bits, so a trial goes on in either precision.</summary>
    [Theory]
    [InlineData("bfloat16", "float32")]
    [InlineData("float32", "bfloat16")]
    public void Run_ResumedInTheOtherPrecision_GoesOnFromTheCheckpoint(string before, string after)
    {
        var (first, second) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Small("vae", "first", ("epochs", ParameterValue.Of(2L)), ("precision", ParameterValue.Of(before))), first);
        Trials.Run(Small("vae", "first", ("precision", ParameterValue.Of(after))) with { ResumeFrom = [first.Registered[^1]] }, second);

        Assert.Empty(second.Refused);
        Assert.Equal(18, second.Started!.Step);
        Assert.True(second.Epochs[^1].Metrics["validation_loss"] < first.Epochs[^1].Metrics["validation_loss"]);
    }

    [Fact]
    public void Run_InBfloat16OnTwoRanks_GivesTheLossesOfOneUpToRounding()
    {
        var (single, ranks) = (new RecordingObserver(), new RecordingObserver[] { new(), new() });
        Trials.Run(Small("vae", "one", Reduced), single);
        Trials.Run(Small("vae", "two", Reduced), LocalProcessGroup.Create(2), ranks);

        foreach (var metric in new[] { "train_loss", "validation_loss" })
        {
            Assert.InRange(ranks[0].Epochs[^1].Metrics[metric] / single.Epochs[^1].Metrics[metric], 0.98, 1.02);
            Assert.Equal(ranks[0].Epochs[^1].Metrics[metric], ranks[1].Epochs[^1].Metrics[metric]);
        }
    }

    [Fact]
    public void Run_PrivatelyInBfloat16_ReachesNearlyTheLossOf32Bits()
    {
        (string, ParameterValue)[] privacy = [("epochs", ParameterValue.Of(1L)), ("privacy_epsilon", ParameterValue.Of(100L)), ("privacy_clip", ParameterValue.Of(100L)), ("learning_rate", ParameterValue.Of(0.01))];
        var (exact, rounded) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Small("vae", "exact", privacy), exact);
        Trials.Run(Small("vae", "rounded", [.. privacy, Reduced]), rounded);

        var (expected, actual) = (exact.Epochs[0].Metrics, rounded.Epochs[0].Metrics);
        Assert.Equal(expected["privacy_epsilon"], actual["privacy_epsilon"]);
        Assert.InRange(actual["validation_loss"] / expected["validation_loss"], 0.97, 1.03);
        Assert.True(actual["validation_loss"] < 0.9 * actual["train_loss"], $"{actual["validation_loss"]} {actual["train_loss"]}"); // learned while the epoch went on
    }

    /// <summary>Bfloat16 has no number between 1 and 0.996: added to it, none of these steps would change anything.</summary>
    [Fact]
    public void Update_BySteps_BelowWhatBfloat16Resolves_AddsThemUp()
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 1e-4, Precision = PrecisionKind.BFloat16 };
        using var layer = nn.Linear(1, 1, hasBias: false);
        using (no_grad())
            layer.weight!.fill_(1);
        using var state = new NetworkState(new Network("", layer), options, CPU, new ReducedLayers(CPU));

        for (var step = 0; step < 100; step++)
        {
            state.Parameters.ZeroGradients();
            layer.call(ones(1, 1)).sum().backward();
            state.Parameters.CollectGradients();
            state.Update(scheduled: 1);
        }

        Assert.Equal(0.99, state.Parameters.Values[0].item<float>(), 1e-5);
        Assert.Equal(ScalarType.BFloat16, layer.weight!.dtype);
        Assert.Equal(0.98828125f, layer.call(ones(1, 1)).item<float>()); // the multiple of 1/256 next to it
    }

    [Fact]
    public void Reduce_ANetwork_RoundsWithinLayersAndNowhereElse()
    {
        using var scope = NewDisposeScope();
        var normalization = nn.BatchNorm1d(4);
        using var network = nn.Sequential(nn.Linear(3, 4), normalization, nn.Linear(4, 2));
        var inputs = LibraryGenerator.Draw(1, () => rand(5, 3));
        var expected = network.call(inputs);

        new ReducedLayers(CPU).Reduce(network);

        var actual = network.call(inputs);
        Assert.Equal((ScalarType.Float32, ScalarType.Float32), (actual.dtype, normalization.weight!.dtype));
        Assert.Equal(ScalarType.Float32, normalization.running_mean!.dtype);
        Assert.Equal(2, network.modules().OfType<Linear>().Count(layer => layer.weight!.dtype == ScalarType.BFloat16));
        Assert.InRange((actual - expected).abs().max().item<float>(), 1e-7, 0.1);
    }

    /// <summary>libtorch 1.13 has no transposed convolution in bfloat16; newer versions do.</summary>
    [Fact]
    public void Reduce_ALayerThatTheDeviceLacks_LeavesItAsItIs()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.ConvTranspose2d(4, 3, 4, 2, 1);

        new ReducedLayers(CPU).Reduce(layer);

        Assert.Equal(LayerProbe.Has(layer, CPU), layer.weight!.dtype == ScalarType.BFloat16);
        layer.call(zeros(1, 4, 5, 5)).sum().backward();
    }

    [Fact]
    public void Run_OfAModelWithNothingToReduce_SaysSoBeforeItsFirstStep()
    {
        var assignment = Small("vae", "refused") with { Task = "scale", Parameters = new ParameterSet([new(Reduced.Item1, Reduced.Item2)]) };
        var observer = new RecordingObserver();
        using var group = new SingleProcessGroup("test");
        var runner = new TrialRunner(new TaskRegistry([new ScaleTask()]), TimeProvider.System, _folder);

        var exception = Assert.Throws<TrainingException>(() => runner.Run(assignment, group, observer, observer, CancellationToken.None));

        Assert.Equal((TrainingException.InvalidParameters, null), (exception.Code, observer.Started));
        Assert.Equal("precision = bfloat16: the device 'cpu' computes no layer of this model in bfloat16. Use float32.", exception.Message);
    }

    private TrialAssignment Small(string task, string folder, params (string Name, ParameterValue Value)[] parameters)
    {
        (string Name, ParameterValue Value)[] own = task switch
        {
            "vae" => [("hidden_size", ParameterValue.Of(32L)), ("latent_size", ParameterValue.Of(5L)), ("batch_size", ParameterValue.Of(64L))],
            "points2d" => [("hidden_size", ParameterValue.Of(32L)), ("batch_size", ParameterValue.Of(1024L)), ("average_decay", ParameterValue.Of(0.9)), ("evaluation_samples", ParameterValue.Of(100L))],
            "rnn" => [("hidden_size", ParameterValue.Of(24L)), ("embedding_size", ParameterValue.Of(16L)), .. Text()],
            _ => [("layers", ParameterValue.Of(2L)), ("heads", ParameterValue.Of(2L)), ("width", ParameterValue.Of(16L)), .. Text()],
        };
        (string Name, ParameterValue Value)[] all = [.. parameters, ("epochs", ParameterValue.Of(3L)), .. own];
        var assignment = Trials.Assign(Path.Combine(_folder, folder), SmallDigits.Create(Path.Combine(_folder, "data")), [.. all.DistinctBy(entry => entry.Name)]);
        var dataset = task switch
        {
            "vae" => assignment.Dataset,
            "points2d" => new DatasetSpec("", ""),
            _ => new DatasetSpec("text", Trials.Licence),
        };
        return assignment with { Task = task, Dataset = dataset, Metric = new MetricSpec("train_loss", Goal.Minimize) };
    }

    private static (string, ParameterValue)[] Text() =>
        [("batch_size", ParameterValue.Of(8L)), ("epoch_steps", ParameterValue.Of(10L)), ("context", ParameterValue.Of(24L)), ("learning_rate", ParameterValue.Of(0.01))];

    private sealed record ScaleOptions : TrainingOptions;

    private sealed class ScaleTask() : TrainingTask<ScaleOptions>("scale", "A normalization alone.", [""], [], [])
    {
        protected override DatasetSplit MakeData(ScaleOptions options) => PointCloud.Data;

        protected override ITaskModel Build(ScaleOptions options, DataShape data) => new ScaleModel();
    }

    private sealed class ScaleModel : ITaskModel
    {
        public IReadOnlyList<Network> Networks { get; } = [new Network("", nn.BatchNorm1d(2))];

        public void Train(TrainingStep step)
        {
        }

        public void Evaluate(EvaluationStep step)
        {
        }

        public void Dispose() => Networks[0].Module.Dispose();
    }
}
