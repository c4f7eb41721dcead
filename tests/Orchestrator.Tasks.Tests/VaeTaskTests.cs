using Orchestrator.Domain.Parameters;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

public sealed class VaeTaskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vae-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_TwoEpochsOfDigits_Learns()
    {
        var observer = new RecordingObserver();
        var result = Trials.Run(Trials.Assign(_folder, Trials.Digits, ("epochs", ParameterValue.Of(2L))), observer);

        Assert.Equal(TrialOutcome.Completed, result.Outcome);
        Assert.Equal((2, 2L * 71), (result.Epoch, result.Step));
        Assert.Equal((9000, 1000), (observer.Started!.TrainingSamples, observer.Started.ValidationSamples));
        Assert.Equal(652_824, observer.Started.Parameters);
        Assert.True(observer.Epochs[1].Metrics["validation_elbo"] > observer.Epochs[0].Metrics["validation_elbo"]);
        Assert.InRange(observer.Epochs[1].Metrics["validation_elbo"], -175, -150);
    }

    [Fact]
    public void Run_OfConvolutions_Learns()
    {
        var observer = new RecordingObserver();
        Trials.Run(Trials.Small(_folder, 2) with { Parameters = Parameters(("convolutional", ParameterValue.Of(true))) }, observer);
        Assert.True(observer.Epochs[1].Metrics["validation_elbo"] > observer.Epochs[0].Metrics["validation_elbo"]);
    }

    [Fact]
    public void Run_WithMoreFreeBitsThanCodesCarry_CountsTheFreeBits()
    {
        var observer = new RecordingObserver();
        Trials.Run(Trials.Small(_folder, 1) with { Parameters = Parameters(("free_bits", ParameterValue.Of(50.0))) }, observer);
        var metrics = observer.Epochs[0].Metrics; // loss = reconstruction + 5 dimensions x 50; ELBO = -(reconstruction + divergence)
        Assert.InRange(metrics["validation_loss"] + metrics["validation_elbo"], 250 - 60, 250);
    }

    private static ParameterSet Parameters(params (string Name, ParameterValue Value)[] own) => new(new (string Name, ParameterValue Value)[]
    {
        ("epochs", ParameterValue.Of(2L)), ("batch_size", ParameterValue.Of(64L)), ("hidden_size", ParameterValue.Of(32L)), ("latent_size", ParameterValue.Of(5L)),
    }.Concat(own).Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));

    [FullMnistFact]
    public void Run_TwentyEpochsOfAllMnist_ReachesTheReference()
    {
        var observer = new RecordingObserver();
        var assignment = Trials.Assign(_folder, FullMnistFactAttribute.Folder, ("epochs", ParameterValue.Of(20L))) with { Threads = 0 };
        Trials.Run(assignment, observer);
        Assert.Equal((60_000, 10_000), (observer.Started!.TrainingSamples, observer.Started.ValidationSamples));
        Assert.InRange(observer.Epochs[^1].Metrics["validation_elbo"], -105, -95); // the same networks in PyTorch: -103.8
    }
}
