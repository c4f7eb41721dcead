using Orchestrator.Domain.Parameters;
using Orchestrator.Tasks.Diffusion;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Tests;

public sealed class DiffusionTests
{
    /// <summary>The expected values are numpy's cumprod of the papers' definitions.</summary>
    [Theory]
    [InlineData(NoiseScheduleKind.Linear, 1000, 0, 0.9999)]
    [InlineData(NoiseScheduleKind.Linear, 1000, 500, 0.07779665)]
    [InlineData(NoiseScheduleKind.Linear, 1000, 999, 4.0358e-5)]
    [InlineData(NoiseScheduleKind.Cosine, 100, 0, 0.99936876)]
    [InlineData(NoiseScheduleKind.Cosine, 100, 50, 0.47826463)]
    [InlineData(NoiseScheduleKind.Cosine, 100, 99, 2.4285e-7)]
    public void Kept_OfTheSchedules_IsTheReference(NoiseScheduleKind kind, int steps, int step, double expected) =>
        Assert.Equal(1, new NoiseSchedule(kind, steps).Kept(step) / expected, 1e-3);

    [Fact]
    public void Shares_OfSteps_AreTheRootsOfVariancesThatAddUpToOne()
    {
        using var scope = NewDisposeScope();
        var schedule = new NoiseSchedule(NoiseScheduleKind.Cosine, 100);
        var (image, noise) = schedule.Shares(tensor(new long[] { 0, 50 }));
        Assert.Equal(Math.Sqrt(schedule.Kept(50)), image[1, 0, 0, 0].item<float>(), 1e-6);
        Assert.Equal(Math.Sqrt(1 - schedule.Kept(50)), noise[1, 0, 0, 0].item<float>(), 1e-6);
    }

    /// <summary>Where all data are one image, the noise in a noisy one is known.</summary>
    [Theory]
    [InlineData(NoiseScheduleKind.Linear, 0.0)]
    [InlineData(NoiseScheduleKind.Cosine, 0.0)]
    [InlineData(NoiseScheduleKind.Cosine, 1.0)]
    public void Sample_WithTheTrueNoiseOfOneImage_GivesThatImage(NoiseScheduleKind kind, double eta)
    {
        using var scope = NewDisposeScope();
        var schedule = new NoiseSchedule(kind, 100);
        var image = linspace(-0.9, 0.9, 16).view(1, 1, 4, 4);
        var noise = new NoiseSource(3, 0, CPU);
        var made = new DdimSampler(schedule, 10, eta).Sample(
            noise.Normal(2, 1, 4, 4),
            noise,
            (images, step) => (images - (image * Math.Sqrt(schedule.Kept(step)))) / Math.Sqrt(1 - schedule.Kept(step)));
        Assert.Equal(0, (made - image).abs().max().item<float>(), 1e-3);
    }

    [Fact]
    public void Forward_OfANewNetwork_DependsOnStepAndConditionOnceItsLastLayerDoes()
    {
        using var scope = NewDisposeScope();
        using var network = LibraryGenerator.Draw(1, () => new UNet([1, 28, 28], features: 8, patch: 2));
        var images = ones(2, 1, 28, 28);
        Assert.Equal([2, 1, 28, 28], network.call(images, zeros(2), null).shape);
        using (no_grad())
            network.named_parameters().Single(entry => entry.name == "output.weight").parameter.fill_(0.1);
        var rows = network.call(images, tensor(new float[] { 0, 0.5f }), null);
        var conditions = network.call(images, zeros(2), tensor(new float[] { 0, 1 }).view(2, 1).expand(2, network.EmbeddingSize));
        Assert.True((rows[0] - rows[1]).abs().max().item<float>() > 1e-4);
        Assert.True((conditions[0] - conditions[1]).abs().max().item<float>() > 1e-4);
    }

    [Fact]
    public void Forward_OfANetworkThatReadsPrompts_DependsOnTheOrderOfTheWords()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var network = LibraryGenerator.Draw(1, () => new UNet([1, 28, 28], features: 8, patch: 2, prompts: (2, 4)));
        network.named_parameters().Single(entry => entry.name == "output.weight").parameter.fill_(0.1);
        var words = linspace(-1, 1, 8).view(1, 2, 4);
        var both = cat([words, words.flip(1)]);
        var made = network.call(ones(2, 1, 28, 28), zeros(2), both);
        Assert.True((made[0] - made[1]).abs().max().item<float>() > 1e-4);
    }

    [Fact]
    public void Call_OfWordAttention_LooksAtEveryWordFromEveryPlace()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var attention = LibraryGenerator.Draw(1, () => new WordAttention(channels: 8, pixels: 4, wordSize: 3));
        var (images, words) = (zeros(1, 8, 2, 2), zeros(1, 2, 3));
        var without = attention.call(images, words);
        Assert.True((without[0].select(1, 0) - without[0].select(1, 1)).abs().max().item<float>() > 1e-3); // places differ where images do not
        for (var word = 0; word < 2; word++)
        {
            var changed = words.clone();
            changed.select(1, word).fill_(2);
            Assert.True((attention.call(images, changed) - without).abs().amax([0, 1]).min().item<float>() > 1e-4);
        }
    }

    [Fact]
    public void Attention_OfPixels_SumsToOneAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var network = LibraryGenerator.Draw(1, () => new UNet([1, 28, 28], features: 8, patch: 2));
        var weights = network.Attention(ones(1, 1, 28, 28), zeros(1), null);
        Assert.Equal([1, 4, 49, 49], weights.shape);
        Assert.InRange((weights.sum(-1) - 1).abs().max().item<float>(), 0, 1e-5f);
    }

    [Theory]
    [InlineData(8, 3, "patch_size = 3: the sides of the images, 28 and 28, must be multiples of twice as many pixels.")]
    [InlineData(12, 2, "features = 12 is no multiple of 8.")]
    public void Build_OfWhatCannotBeDivided_SaysWhat(int features, int patch, string message)
    {
        var task = new DiffusionTask();
        var options = task.ReadOptions(new ParameterSet([new("features", ParameterValue.Of((long)features)), new("patch_size", ParameterValue.Of((long)patch))]));
        var exception = Assert.Throws<TrainingException>(() => task.Build(options, new DataShape([1, 28, 28], 10)));
        Assert.Equal((TrainingException.InvalidParameters, message), (exception.Code, exception.Message));
    }
}
