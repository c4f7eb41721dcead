using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Audio;
using Orchestrator.Tasks.AudioVae;
using Orchestrator.Training;
using Orchestrator.Training.Data.Sound;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Trials;
using TorchSharp;

namespace Orchestrator.Tasks.Tests;

/// <summary>The tasks of sound, on small models and twenty notes.</summary>
public sealed class AudioTests : IDisposable
{
    private static readonly AudioOptions Tiny = new() { Levels = 16, Layers = 6, Cycle = 4, Channels = 4, SkipChannels = 8 };

    private readonly string _folder = Directory.CreateTempSubdirectory("audio-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_OfTheWaveNet_HalvesTheSurpriseOfHeldOutNotes()
    {
        var observer = new RecordingObserver();
        Trials.Run(Small("audio", 6), observer);
        Assert.InRange(observer.Epochs[^1].Metrics["validation_loss"], 0, Math.Log(64) / 2);
        Assert.Equal(observer.Epochs[^1].Metrics["validation_loss"] / Math.Log(2), observer.Epochs[^1].Metrics["validation_bits_per_sample"], 1e-9);
    }

    [Fact]
    public void Run_OfTheVae_RaisesTheBound()
    {
        var observer = new RecordingObserver();
        Trials.Run(Small("audio-vae", 3), observer);
        Assert.True(observer.Epochs[^1].Metrics["validation_elbo"] > observer.Epochs[0].Metrics["validation_elbo"]);
        Assert.True(observer.Epochs[^1].Metrics["validation_mse"] < observer.Epochs[0].Metrics["validation_mse"]);
    }

    [Fact]
    public void Run_OfDenoising_TakesHalfOfTheNoiseAway()
    {
        var observer = new RecordingObserver();
        Trials.Run(Small("audio-denoise", 6), observer);
        var metrics = observer.Epochs[^1].Metrics;
        Assert.True(metrics["validation_snr"] > metrics["validation_baseline_snr"] + 3, $"{metrics["validation_snr"]} {metrics["validation_baseline_snr"]}");
    }

    [Fact]
    public void Open_OfPiecesThatAreNoWholeFrames_SaysSo()
    {
        var odd = Small("audio-denoise", 1);
        var exception = Assert.Throws<TrainingException>(() => Trials.Run(odd with { Parameters = new ParameterSet([new("context", ParameterValue.Of(100L))]) }, new RecordingObserver()));
        Assert.Equal((TrainingException.InvalidParameters, "context = 100 is no multiple of 8."), (exception.Code, exception.Message));
    }

    [Theory]
    [InlineData("audio", 13)]
    [InlineData("audio-denoise", 3)]
    [InlineData("audio-vae", 3)]
    public void Run_ResumedWithinAnEpoch_GivesTheLossesOfAnUninterruptedRun(string task, int at)
    {
        var (whole, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(Small(task, 2) with { CheckpointFolder = Path.Combine(_folder, "other") }, whole);
        var polls = 0;
        first.StopWhen = _ => ++polls == at ? StopRequest.SaveAndStop : StopRequest.None;
        var stopped = Trials.Run(Small(task, 2), first);
        var rest = Small(task, 2);
        Trials.Run(rest with { Attempt = rest.Attempt with { Number = 2 }, ResumeFrom = [stopped.LastCheckpoint!] }, second);
        Assert.Equal(at, second.Started!.Step);
        AssertSame(whole, [.. first.Epochs, .. second.Epochs], tolerance: 0);
    }

    [Theory]
    [InlineData("audio")]
    [InlineData("audio-denoise")]
    [InlineData("audio-vae")]
    public void Run_OnTwoRanks_GivesTheLossesOfOneRank(string task)
    {
        var single = new RecordingObserver();
        Trials.Run(Small(task, 1), single);
        RecordingObserver[] ranks = [new(), new()];
        Trials.Run(Small(task, 1) with { CheckpointFolder = Path.Combine(_folder, "other") }, LocalProcessGroup.Create(2), ranks);
        foreach (var rank in ranks)
            AssertSame(single, rank.Epochs, tolerance: 1e-3);
    }

    [Theory]
    [InlineData("audio", 300)]
    [InlineData("audio-vae", 896)]
    public void WriteSamples_OfSounds_AreAWavFileThatRepeatsWithTheSeed(string task, int length)
    {
        var observer = new RecordingObserver();
        Trials.Run(Small(task, 1), observer);
        var writer = new SampleWriter(TaskCatalog.BuiltIn);
        byte[] Write(long seed) => File.ReadAllBytes(writer.WriteSamples(observer.Registered[^1].Location, Path.Combine(_folder, "sounds"), new SampleRequest { Count = 2, Seed = seed, Length = 300 })!);

        var file = Write(3);

        Assert.Equal(file, Write(3));
        Assert.NotEqual(file, Write(4));
        var (rate, samples) = WavFile.Read(Path.Combine(_folder, "sounds.wav"));
        Assert.Equal((8_000, (2 * length) + 2_000), (rate, samples.Length)); // a quarter of a second lies between them
    }

    [Fact]
    public void WriteSamples_OfDenoising_PlaysEachSoundThenItsNoiseThenWhatIsMadeOfIt()
    {
        var observer = new RecordingObserver();
        Trials.Run(Small("audio-denoise", 1), observer);
        var file = new SampleWriter(TaskCatalog.BuiltIn).WriteSamples(observer.Registered[^1].Location, Path.Combine(_folder, "sounds"), new SampleRequest { Count = 2 })!;
        Assert.Equal((8_000, (6 * 256) + (5 * 2_000)), (WavFile.Read(file).SampleRate, WavFile.Read(file).Samples.Length));
    }

    [Fact]
    public void Logits_WhenALaterSampleChanges_StayAsTheyWere()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var network = LibraryGenerator.Draw(1, () => new WaveNetNetwork(Tiny));
        var levels = Levels(40);
        var changed = levels.clone();
        changed.narrow(1, 25, 1).fill_(9);
        var (before, after) = (network.Logits(levels), network.Logits(changed));
        AssertClose(before.narrow(1, 0, 25), after.narrow(1, 0, 25));
        Assert.True((before.select(1, 25) - after.select(1, 25)).abs().max().item<float>() > 1e-3f);
        Assert.True((before.select(1, 39) - after.select(1, 39)).abs().max().item<float>() > 1e-6f); // 14 later: the layers look 1+2+4+8+1+2 back
    }

    [Fact]
    public void Read_SampleBySample_GivesTheLogitsOfReadingAllAtOnce()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var network = LibraryGenerator.Draw(1, () => new WaveNetNetwork(Tiny));
        var levels = Levels(40);
        var whole = network.Logits(levels);
        using var decoder = network.Decode();
        AssertClose(whole.select(1, 4), decoder.Read(levels.narrow(1, 0, 5)));
        for (var i = 5; i < 40; i++)
            AssertClose(whole.select(1, i), decoder.Read(levels.narrow(1, i, 1)));
    }

    [Fact]
    public void ToSounds_OfATonesSpectrogram_SoundsLikeIt()
    {
        using var scope = torch.NewDisposeScope();
        var samples = Spectrogram.Samples(16);
        var tone = torch.tensor(NoteSynthesizer.Play(Instrument.Flute, 500, samples / 8_000.0, 8_000), [1, samples]);
        var picture = Spectrogram.Of(tone);
        Assert.Equal([1, Spectrogram.Bins, 16], picture.shape);
        Assert.Equal(Spectrogram.Bins - 16, picture[0].select(1, 8).argmax().item<long>()); // 500 Hz of 8,000 in 256: the 16th from below
        var again = Spectrogram.Of(Spectrogram.ToSounds(picture, new NoiseSource(1, 0, torch.CPU)));
        Assert.InRange((again - picture).abs().mean().item<float>(), 0, 0.1);
    }

    private static torch.Tensor Levels(int count) => torch.tensor([.. Enumerable.Range(0, 2 * count).Select(i => (long)(i * 7 % 16))], [2, count]);

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual) => Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-5f);

    private static void AssertSame(RecordingObserver expected, List<EpochReport> actual, double tolerance)
    {
        Assert.Equal(expected.Epochs.Count, actual.Count);
        foreach (var (left, right) in expected.Epochs.Zip(actual))
        {
            foreach (var name in left.Metrics.Keys.Where(name => name != "samples_per_second"))
                Assert.InRange(right.Metrics[name] / left.Metrics[name], 1 - tolerance, 1 + tolerance);
        }
    }

    private TrialAssignment Small(string task, long epochs)
    {
        var notes = Path.Combine(_folder, "notes.csv");
        File.WriteAllLines(notes, ["instrument,hertz,seconds", .. Enumerable.Range(0, 40).Select(note => $"{(note % 3 == 0 ? "flute" : "organ")},{200 + (note % 4 * 50)},0.25")]);
        (string, ParameterValue)[] own = task switch
        {
            "audio" => [("levels", ParameterValue.Of(64L)), ("context", ParameterValue.Of(128L)), ("epoch_steps", ParameterValue.Of(20L)), ("layers", ParameterValue.Of(6L)), ("channels", ParameterValue.Of(12L)), ("skip_channels", ParameterValue.Of(24L)), ("learning_rate", ParameterValue.Of(0.01))],
            "audio-denoise" => [("context", ParameterValue.Of(256L)), ("features", ParameterValue.Of(16L)), ("blocks", ParameterValue.Of(2L)), ("learning_rate", ParameterValue.Of(0.01))],
            _ => [("frames", ParameterValue.Of(8L)), ("hidden_size", ParameterValue.Of(32L)), ("latent_size", ParameterValue.Of(3L))],
        };
        var metric = task switch
        {
            "audio" => new MetricSpec("validation_loss", Goal.Minimize),
            "audio-denoise" => new MetricSpec("validation_snr", Goal.Maximize),
            _ => new MetricSpec("validation_elbo", Goal.Maximize),
        };
        return Trials.Assign(Path.Combine(_folder, "checkpoints"), "", [("epochs", ParameterValue.Of(epochs)), ("batch_size", ParameterValue.Of(8L)), .. own]) with
        {
            Task = task,
            Dataset = new DatasetSpec("notes", notes),
            Metric = metric,
        };
    }
}
