using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Inpaint;
using Orchestrator.Tasks.Style;
using Orchestrator.Tasks.Superres;
using Orchestrator.Tasks.Translate;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Tests;

public sealed class RestorationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("restore-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void HalvedResolution_OfAnEvenImage_LosesNothing()
    {
        using var scope = NewDisposeScope();
        var damaged = new HalvedResolution().Apply(full([2, 1, 8, 8], 0.25f), new NoiseSource(1, 0, CPU));
        Assert.Equal([2, 1, 4, 4], damaged.Input.shape);
        Assert.Equal(0, (damaged.Baseline - 0.25).abs().max().item<float>(), 1e-6);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(27)]
    public void SquareHole_OfImages_LosesASquareAndFillsItWithTheMeanOfTheRest(int side)
    {
        using var scope = NewDisposeScope();
        var images = linspace(0, 1, 28 * 28).view(1, 1, 28, 28).expand(20, 1, 28, 28);
        var damaged = new SquareHole(side).Apply(images, new NoiseSource(1, 0, CPU));
        var lost = damaged.Lost!;
        Assert.Equal(Enumerable.Repeat((float)(side * side), 20), lost.sum([1, 2, 3]).data<float>().ToArray());
        Assert.Equal(side, lost[0].amax([1]).sum().item<float>());
        Assert.Equal(0, ((damaged.Baseline - images) * (1 - lost)).abs().max().item<float>());
        var mean = (images[0] * (1 - lost[0])).sum() / (1 - lost[0]).sum();
        Assert.Equal(mean.item<float>(), (damaged.Baseline[0] * lost[0]).sum().item<float>() / (side * side), 1e-4);
        if (side < 20)
            Assert.True((lost[0] - lost[1]).abs().sum().item<float>() > 0 || (lost[0] - lost[2]).abs().sum().item<float>() > 0);
    }

    [Fact]
    public void EdgeMap_OfASquare_IsItsBorderTwoPixelsWide()
    {
        using var scope = NewDisposeScope();
        var image = zeros(1, 1, 10, 10);
        image.narrow(2, 3, 4).narrow(3, 3, 4).fill_(1);
        var edges = EdgeMap.Of(image);
        Assert.Equal((6 * 6) - (2 * 2), edges.sum().item<float>());
        Assert.Equal((0f, 1f, 0f), (edges[0, 0, 4, 4].item<float>(), edges[0, 0, 3, 4].item<float>(), edges[0, 0, 0, 0].item<float>()));
    }

    [Fact]
    public void Gram_OfALayer_IsTheMeanOfItsProducts()
    {
        using var scope = NewDisposeScope();
        var layer = tensor(new float[] { 1, 2, 3, 4 }).view(1, 2, 1, 2);
        Assert.Equal([2.5f, 5.5f, 5.5f, 12.5f], StyleFeatures.Gram(layer).data<float>().ToArray());
    }

    [Theory]
    [InlineData("superres")]
    [InlineData("denoise")]
    [InlineData("inpaint")]
    public void Run_AFewEpochs_RestoresBetterThanTheBaseline(string task)
    {
        var observer = new RecordingObserver();
        Trials.Run(Small(task, ("epochs", ParameterValue.Of(3L)), ("learning_rate", ParameterValue.Of(3e-3))), observer);
        var metrics = observer.Epochs[^1].Metrics;
        Assert.True(metrics["validation_ssim"] > metrics["validation_baseline_ssim"], $"{metrics["validation_ssim"]} {metrics["validation_baseline_ssim"]}");
    }

    [Fact]
    public void Run_OfStyle_ComesNearerToTheStyle()
    {
        var observer = new RecordingObserver();
        Trials.Run(Small("style", ("epochs", ParameterValue.Of(2L)), ("learning_rate", ParameterValue.Of(3e-3))), observer);
        var metrics = observer.Epochs[^1].Metrics;
        Assert.True(metrics["validation_style"] < metrics["validation_baseline_style"], $"{metrics["validation_style"]} {metrics["validation_baseline_style"]}");
    }

    [Fact]
    public void Run_WithAHoleLargerThanTheImage_SaysSo()
    {
        var exception = Assert.Throws<TrainingException>(() => Trials.Run(Small("inpaint", ("hole_size", ParameterValue.Of(28L))), new RecordingObserver()));
        Assert.Equal((TrainingException.InvalidParameters, "hole_size = 28 must be less than the sides of the images, 28 and 28."), (exception.Code, exception.Message));
    }

    [Fact]
    public void Build_OfImagesWithOddSides_SaysSo()
    {
        var task = new SuperresTask();
        var exception = Assert.Throws<TrainingException>(() => task.Build(task.ReadOptions(new ParameterSet([])), new DataShape([1, 27, 28], 10)));
        Assert.Equal(TrainingException.DatasetUnsupported, exception.Code);
    }

    private Training.Trials.TrialAssignment Small(string task, params (string Name, ParameterValue Value)[] parameters) => Trials.Assign(
        Path.Combine(_folder, "checkpoints"),
        SmallDigits.Create(Path.Combine(_folder, "data")),
        [("features", ParameterValue.Of(8L)), ("blocks", ParameterValue.Of(2L)), ("batch_size", ParameterValue.Of(32L)), .. parameters]) with
    {
        Task = task,
        Metric = new MetricSpec("train_loss", Goal.Minimize),
    };
}
