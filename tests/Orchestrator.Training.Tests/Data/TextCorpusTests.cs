using System.Runtime.InteropServices;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Text;

namespace Orchestrator.Training.Tests.Data;

public sealed class TextCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Windows_OfAText_TrainOnAllBeginningsAndJudgeOneAfterTheOther()
    {
        var data = TextCorpus.Open(Write("a.txt", string.Concat(Enumerable.Repeat("abcdefghij", 10)))).Windows(4, 12);
        Assert.Equal("abcdefghij", data.Vocabulary);
        Assert.Equal((10, 12), (data.Classes, data.EpochRows));
        Assert.Equal((90 - 4, 2), (data.Training.Count, data.Validation.Count));
        Assert.Equal("9012 0123", Row(data.Training, 9));
        Assert.Equal("4567 5678", Row(data.Validation, 1));
    }

    [Fact]
    public void Open_OfAFolder_JoinsItsTextFilesInTheOrderOfTheirPaths()
    {
        Write("b.md", "xyz");
        Write("a.txt", "äöü");
        Write("c.bin", "?");
        var corpus = TextCorpus.Open(_folder.Path);
        Assert.Equal("xyzäöü", corpus.Vocabulary.Characters);
        Assert.Equal("3 4", Row(corpus.Windows(1, 1).Training, 0));
    }

    [Fact]
    public void Encode_OfCharactersBeyondTheBasicPlane_CountsEachOnce()
    {
        var vocabulary = Vocabulary.Of("b😀a😀");
        Assert.Equal(3, vocabulary.Count);
        Assert.Equal("😀ab", vocabulary.Decode(vocabulary.Encode("😀ab")));
        Assert.Contains("U+1F601", Assert.Throws<TrainingException>(() => vocabulary.Encode("😁")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.txt", TrainingException.DatasetMissing)]
    [InlineData("", TrainingException.DatasetMissing)] // a folder without text
    public void Open_OfNoText_SaysSo(string name, string code) =>
        Assert.Equal(code, Assert.Throws<TrainingException>(() => TextCorpus.Open(Path.Combine(_folder.Path, name))).Code);

    [Fact]
    public void Open_OfWhatIsNotUtf8_SaysWhere()
    {
        var path = Path.Combine(_folder.Path, "latin.txt");
        File.WriteAllBytes(path, [0x61, 0xE4, 0x62]);
        var exception = Assert.Throws<TrainingException>(() => TextCorpus.Open(path));
        Assert.Equal(TrainingException.DatasetDamaged, exception.Code);
        Assert.Contains("at byte 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_OfAShortText_SaysSo() =>
        Assert.Contains("too few", Assert.Throws<TrainingException>(() => TextCorpus.Open(Write("a.txt", "abc")).Windows(4, 1)).Message, StringComparison.Ordinal);

    private static string Row(IDataset data, int row)
    {
        var (inputs, labels) = (new byte[data.Inputs.Bytes], new byte[data.Labels.Bytes]);
        data.CopyRows([row], inputs, labels);
        return $"{string.Concat(MemoryMarshal.Cast<byte, long>(inputs).ToArray())} {string.Concat(MemoryMarshal.Cast<byte, long>(labels).ToArray())}";
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
