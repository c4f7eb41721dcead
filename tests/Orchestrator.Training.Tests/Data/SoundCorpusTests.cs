using System.Runtime.InteropServices;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Data.Sound;

namespace Orchestrator.Training.Tests.Data;

public sealed class SoundCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_OfAScore_PlaysItsNotesAndHoldsTheLastTenthBack()
    {
        var corpus = SoundCorpus.Open(Score([.. Enumerable.Repeat("harp,220,0.1", 18), "flute,440,0.05", "flute,440,0.05"]));
        Assert.Equal((8_000, 18, 2), (corpus.SampleRate, corpus.Training.Count, corpus.Validation.Count));
        Assert.Equal((800, 400), (corpus.Training[0].Length, corpus.Validation[0].Length));
        Assert.Equal(corpus.Validation[0], corpus.Validation[1]);
        Assert.All(corpus.Training[0], sample => Assert.InRange(sample, -1, 1));
        Assert.Equal(0, corpus.Training[0][0]);
    }

    [Fact]
    public void Play_OfAFlute_IsItsFundamental()
    {
        var note = NoteSynthesizer.Play(Instrument.Flute, 1000, 0.5, 8_000);
        var upwards = Enumerable.Range(1, note.Length - 1).Count(i => note[i - 1] <= 0 && note[i] > 0);
        Assert.InRange(upwards, 498, 500); // of 500 periods
    }

    [Fact]
    public void Play_OfEveryInstrument_SoundsDifferent() =>
        Assert.Equal(5, Enum.GetValues<Instrument>().Select(instrument => NoteSynthesizer.Play(instrument, 300, 0.1, 8_000)[400]).Distinct().Count());

    [Fact]
    public void Open_OfAFolder_ReadsItsFilesInTheirOrder()
    {
        Wav("b.wav", 4_000, [-0.5f]);
        Wav("a.wav", 4_000, [.. Enumerable.Repeat(0.5f, 19)]);
        var corpus = SoundCorpus.Open(new DatasetSpec("wav", _folder.Path)); // two sounds: a tenth of their samples validates
        Assert.Equal([0.5f, -0.5f], Assert.Single(corpus.Validation));
        Assert.Equal(18, Assert.Single(corpus.Training).Length);
    }

    [Fact]
    public void Open_OfFilesOfDifferentRates_NamesThem()
    {
        Wav("a.wav", 4_000, [0.5f]);
        Wav("b.wav", 8_000, [0.5f]);
        var exception = Assert.Throws<TrainingException>(() => SoundCorpus.Open(new DatasetSpec("wav", _folder.Path)));
        Assert.Contains("b.wav has 8000 samples a second, but", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("harp,220")]
    [InlineData("drum,220,0.5")]
    [InlineData("7,220,0.5")]
    [InlineData("harp,4000,0.5")]
    [InlineData("harp,NaN,0.5")]
    [InlineData("harp,220,0")]
    [InlineData("harp,220,11")]
    public void Open_OfWhatIsNoScore_SaysSo(string line) =>
        Assert.Equal(TrainingException.DatasetDamaged, Assert.Throws<TrainingException>(() => SoundCorpus.Open(Score(line))).Code);

    [Fact]
    public void Windows_OfSounds_AreLevelsAndTheirNext()
    {
        var law = new MuLaw(16);
        var data = new SoundCorpus(8_000, [[0, 1], [-1, 0.1f]], [[0, 0, 0]]).Windows(law, 16, 2, 10);
        Assert.Equal((2, 1, 16, 8_000), (data.Training.Count, data.Validation.Count, data.Classes, data.SampleRate));
        var (inputs, labels) = (new byte[data.Training.Inputs.Bytes], new byte[data.Training.Labels.Bytes]);
        data.Training.CopyRows([1], inputs, labels);
        Assert.Equal([15, 0], MemoryMarshal.Cast<byte, long>(inputs).ToArray());
        Assert.Equal([0, law.Encode(0.1f)], MemoryMarshal.Cast<byte, long>(labels).ToArray());
    }

    [Fact]
    public void Windows_LongerThanTheSounds_SaysSo() =>
        Assert.Contains("too few for windows of 2", Assert.Throws<TrainingException>(() => new SoundCorpus(8_000, [[0, 1]], [[0, 0]]).Windows(new MuLaw(16), 16, 2, 10)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(256)]
    [InlineData(64)]
    public void Encode_OfWhatALevelStandsFor_GivesTheLevel(int levels)
    {
        var law = new MuLaw(levels);
        Assert.Equal(Enumerable.Range(0, levels), Enumerable.Range(0, levels).Select(level => law.Encode(law.Decode(level))));
        Assert.Equal((0, levels - 1), (law.Encode(-2), law.Encode(1)));
        Assert.InRange(law.Decode(law.Silence), -0.001, 0.01);
    }

    private DatasetSpec Score(params string[] lines)
    {
        File.WriteAllLines(_folder.File("notes.csv"), ["instrument,hertz,seconds", .. lines]);
        return new DatasetSpec("notes", _folder.File("notes.csv"));
    }

    private void Wav(string name, int rate, float[] samples)
    {
        using var file = File.Create(_folder.File(name));
        WavFile.Write(file, rate, samples);
    }
}
