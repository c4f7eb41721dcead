using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Adversarial;
using Orchestrator.Training;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using Orchestrator.Training.Trials;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Tests;

public sealed class AdversarialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The expected values are PyTorch's binary_cross_entropy of sigmoids, and the definitions by hand.</summary>
    [Theory]
    [InlineData(AdversarialLoss.Standard, 5.621156650960168, 1.4268691883990572)]
    [InlineData(AdversarialLoss.LeastSquares, 4.535, 0.99)]
    [InlineData(AdversarialLoss.Hinge, 7.7, -2.0)]
    [InlineData(AdversarialLoss.Wasserstein, 0.7, -2.0)]
    public void Losses_OfSomeOutputs_AreTheReferences(AdversarialLoss kind, double discriminator, double generator)
    {
        using var scope = NewDisposeScope();
        var (real, made) = (tensor(new[] { 0.5f, -1.2f, 2 }), tensor(new[] { -0.3f, 0.8f, 1.5f }));
        Assert.Equal(discriminator, AdversarialLosses.Discriminator(kind, real, made, smoothing: 0.1).item<float>(), 1e-5);
        Assert.Equal(generator, AdversarialLosses.Generator(kind, made).item<float>(), 1e-5);
    }

    [Fact]
    public void GradientPenalty_OfALinearCritic_IsTheDistanceOfItsWeightFromLengthOne()
    {
        using var scope = NewDisposeScope();
        using var critic = LibraryGenerator.Draw(1, () => nn.Linear(2, 1));
        using (no_grad())
            critic.weight!.copy_(tensor(new float[] { 3, 4 }, 1, 2));
        var step = new TrainingStep(new Batch(zeros(6, 2), zeros(6), 6), 0, 0, new NoiseSource(1, 0, CPU), (_, _) => { });
        var penalty = GradientPenalty.Of(critic.call, ones(6, 2), zeros(6, 2), step);
        Assert.Equal(6 * Math.Pow(5 - 1, 2), penalty.item<float>(), 1e-3);
        penalty.backward();
        Assert.Equal(6 * 2 * 4 * 3 / 5.0, critic.weight!.grad![0, 0].item<float>(), 1e-3); // n 2 (|w| - 1) w / |w|
    }

    [Fact]
    public void SpectralNorm_AfterSomeUses_HasLargestSingularValueOne()
    {
        using var scope = NewDisposeScope();
        using var layer = LibraryGenerator.Draw(1, () => Layers.Dense(4, 3, spectral: true));
        using var noGradient = no_grad();
        for (var i = 0; i < 200; i++)
            layer.call(zeros(1, 4)).Dispose();
        layer.eval();
        var weight = (layer.call(eye(4)) - layer.call(zeros(1, 4))).t();
        var eigenvalues = linalg.eigh(weight.matmul(weight.t())).Item1;
        Assert.Equal(1, eigenvalues[2].item<float>(), 1e-3);
    }

    [Theory]
    [InlineData("gan", "standard")]
    [InlineData("gan", "leastsquares")]
    [InlineData("dcgan", "hinge")]
    [InlineData("wgan-gp", "wasserstein")]
    public void Run_OneEpochOfDigits_ReportsEveryMetric(string task, string loss)
    {
        var observer = new RecordingObserver();
        Trials.Run(Digits(task, ("loss", ParameterValue.Of(loss)), ("average_decay", ParameterValue.Of(0.9))), observer);
        var metrics = observer.Epochs[0].Metrics;
        string[] names = [.. DigitQuality.MetricNames, "train_generator_loss", "train_discriminator_loss", "samples_per_second"];
        Assert.Equal(names.Order(StringComparer.Ordinal), metrics.Keys.Order(StringComparer.Ordinal));
        Assert.All(metrics.Values, value => Assert.True(double.IsFinite(value)));
        Assert.InRange(metrics["validation_inception_score"], 1, 10);
        Assert.InRange(metrics["validation_precision"], 0, 1);

        var picture = Path.Combine(_folder, "samples.png");
        new SampleWriter(TaskCatalog.BuiltIn).WriteSamples(observer.Registered[0].Location, picture, new SampleRequest { Count = 9, Seed = 1 });
        Assert.True(new FileInfo(picture).Length > 500);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(64)]
    public void Build_ConvolutionsOfBothSides_GiveImagesOfThatSide(int side)
    {
        using var scope = NewDisposeScope();
        using var generator = LibraryGenerator.Draw(1, () => ConvolutionalNetworks.Generator(10, 1, side, 4));
        using var discriminator = LibraryGenerator.Draw(1, () => ConvolutionalNetworks.Discriminator(1, side, 4, spectral: false, normalized: true));
        using var spectral = LibraryGenerator.Draw(1, () => ConvolutionalNetworks.Discriminator(1, side, 4, spectral: true, normalized: false));
        var images = generator.call(ones(2, 10));
        Assert.Equal([2, 1, side, side], images.shape);
        Assert.Equal([2, 1], discriminator.call(images).shape);
        Assert.Equal([2, 1], spectral.call(images).shape);
    }

    [Fact]
    public void Run_WithASideThatHasNoNetworks_SaysWhich()
    {
        var exception = Assert.Throws<TrainingException>(() => Trials.Run(Digits("dcgan", ("image_size", ParameterValue.Of(32L))), new RecordingObserver()));
        Assert.Equal((TrainingException.InvalidParameters, "image_size = 32 is not one of 28, 64."), (exception.Code, exception.Message));
    }

    [Fact]
    public void Run_ResumedWithAverageAndSpectralNorm_GivesTheLossesOfAnUninterruptedRun()
    {
        (string, ParameterValue)[] parameters =
            [("epochs", ParameterValue.Of(2L)), ("average_decay", ParameterValue.Of(0.9)), ("spectral_norm", ParameterValue.Of(true)), ("critic_steps", ParameterValue.Of(2L))];
        var (whole, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(Digits("gan", parameters) with { CheckpointFolder = Path.Combine(_folder, "whole") }, whole);
        var polls = 0;
        first.StopWhen = _ => ++polls == 13 ? StopRequest.SaveAndStop : StopRequest.None;
        var stopped = Trials.Run(Digits("gan", parameters), first);
        Trials.Run(Digits("gan", parameters) with { ResumeFrom = [stopped.LastCheckpoint!] }, second);

        foreach (var metric in new[] { "train_generator_loss", "train_discriminator_loss" })
            Assert.Equal(whole.Epochs[^1].Metrics[metric], second.Epochs[^1].Metrics[metric]);
    }

    [Fact]
    public void Run_OnTwoRanks_GivesTheLossesOfOne()
    {
        var (single, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(Digits("gan"), single);
        Trials.Run(Digits("gan") with { CheckpointFolder = Path.Combine(_folder, "two") }, LocalProcessGroup.Create(2), [first, second]);
        foreach (var (metric, value) in single.Epochs[0].Metrics.Where(entry => entry.Key.StartsWith("train_", StringComparison.Ordinal)))
            Assert.Equal(value, first.Epochs[0].Metrics[metric], 1e-2);
        Assert.Equal(first.Epochs[0].Metrics["validation_fid"], second.Epochs[0].Metrics["validation_fid"]);
    }

    /// <summary>Two classes of numbers, about 1 below and 1 above zero: which of them is made is up to the class alone.</summary>
    [Fact]
    public void Train_WithClasses_MakesRowsOfTheClassThatIsAsked()
    {
        const int Rows = 64;
        using var scope = NewDisposeScope();
        var options = new AdversarialOptions { LatentSize = 2 };
        using var game = LibraryGenerator.Draw(1, () => new AdversarialGame(options, Dense(AdversarialGame.CodeSize(options, 2), 1), Dense(1, AdversarialGame.Scores(2)), classes: 2));
        var optimizers = game.Networks.ToDictionary(network => network.Name, network => optim.Adam(network.Module.parameters(), 0.01, beta1: 0.5), StringComparer.Ordinal);
        var labels = arange(Rows, ScalarType.Int64).remainder(2);
        for (var number = 0; number < 300; number++)
        {
            using var inner = NewDisposeScope();
            var step = new TrainingStep(new Batch(zeros(Rows, 1), labels, Rows), 0, number, new NoiseSource(number, 0, CPU), (network, loss) => Update(optimizers[network.Name], loss));
            game.Train(step, (labels.to(ScalarType.Float32).view(Rows, 1) * 2) - 1 + (step.Normal(1) * 0.1));
        }

        var made = game.Generate(new NoiseSource(-1, 0, CPU).Normal(Rows, 2), labels).view(Rows / 2, 2).mean([0]);
        Assert.Equal(-1, made[0].item<float>(), 0.5);
        Assert.Equal(1, made[1].item<float>(), 0.5);
        foreach (var optimizer in optimizers.Values)
            optimizer.Dispose();

        static nn.Module<Tensor, Tensor> Dense(long inputs, long outputs) => nn.Sequential(nn.Linear(inputs, 16), nn.LeakyReLU(0.2), nn.Linear(16, outputs));

        static void Update(optim.Optimizer optimizer, Tensor loss)
        {
            optimizer.zero_grad();
            (loss / Rows).backward();
            optimizer.step();
        }
    }

    [Theory]
    [InlineData("dcgan", "hinge")]
    [InlineData("wgan-gp", "wasserstein")]
    public void Run_Conditional_SamplesTheClassOfThePrompt(string task, string loss)
    {
        var observer = new RecordingObserver();
        Trials.Run(Digits(task, ("loss", ParameterValue.Of(loss)), ("conditional", ParameterValue.Of(true))), observer);
        Assert.All(observer.Epochs[0].Metrics.Values, value => Assert.True(double.IsFinite(value)));

        var (picture, writer) = (Path.Combine(_folder, "three.png"), new SampleWriter(TaskCatalog.BuiltIn));
        writer.WriteSamples(observer.Registered[0].Location, picture, new SampleRequest { Count = 4, Seed = 1, Prompt = "3" });
        Assert.True(new FileInfo(picture).Length > 100);
        var exception = Assert.Throws<TrainingException>(() => writer.WriteSamples(observer.Registered[0].Location, picture, new SampleRequest { Count = 4, Seed = 1, Prompt = "10" }));
        Assert.Contains("'10' is no class", exception.Message, StringComparison.Ordinal);
    }

    private TrialAssignment Digits(string task, params (string Name, ParameterValue Value)[] parameters) => Trials.Assign(
        Path.Combine(_folder, "checkpoints"),
        SmallDigits.Create(Path.Combine(_folder, "data")),
        [
            .. new (string Name, ParameterValue Value)[]
            {
                ("epochs", ParameterValue.Of(1L)), ("evaluation_samples", ParameterValue.Of(100L)), ("latent_size", ParameterValue.Of(16L)),
            }.Concat(task == "gan" ? [] : [("features", ParameterValue.Of(4L))]).Where(entry => parameters.All(other => other.Name != entry.Item1)),
            .. parameters,
        ]) with
    {
        Task = task,
        Metric = new MetricSpec("validation_fid", Goal.Minimize),
    };
}
