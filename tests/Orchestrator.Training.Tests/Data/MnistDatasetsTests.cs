using System.Runtime.InteropServices;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Data;

namespace Orchestrator.Training.Tests.Data;

public sealed class MnistDatasetsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_BothSets_TrainsOnOneAndValidatesOnTheOther()
    {
        IdxWriter.WriteSet(_folder.Path, "train", 30);
        IdxWriter.WriteSet(_folder.Path, "t10k", 20);
        var data = Open();
        Assert.Equal((30, 20, 10), (data.Training.Count, data.Validation.Count, data.Classes));
        Assert.Equal([1, 2, 2], data.Training.Inputs.Shape);
    }

    [Fact]
    public void Open_TheTestSetAlone_SplitsItTheSameWayEachTime()
    {
        IdxWriter.WriteSet(_folder.Path, "t10k", 50);
        var (first, second) = (Open(), Open());
        Assert.Equal((45, 5), (first.Training.Count, first.Validation.Count));
        Assert.Equal(FirstPixels(first.Training), FirstPixels(second.Training));
        var all = FirstPixels(first.Training).Concat(FirstPixels(first.Validation)).Select(pixel => (int)MathF.Round(pixel * 255));
        Assert.Equal(Enumerable.Range(0, 50), all.Order());
    }

    [Fact]
    public void CopyRows_Images_GivesUnitFloatsAndLabels()
    {
        IdxWriter.WriteSet(_folder.Path, "train", 250);
        IdxWriter.WriteSet(_folder.Path, "t10k", 1);
        var (pixels, labels) = Read(Open().Training, [3, 240]);
        Assert.Equal(new[] { 3, 4, 5, 6, 240, 241, 242, 243 }.Select(value => value / 255f), pixels, (left, right) => Math.Abs(left - right) < 1e-7f);
        Assert.Equal([3L, 0L], labels);
    }

    [Fact]
    public void Open_TheShippedDigits_HasAThousandForValidation()
    {
        var data = DatasetCatalog.Open(new DatasetSpec(DatasetCatalog.Mnist, Repository.Digits));
        Assert.Equal((9000, 1000, 10), (data.Training.Count, data.Validation.Count, data.Classes));
        var (pixels, labels) = Read(data.Validation, [.. Enumerable.Range(0, 1000)]);
        Assert.Equal((0f, 1f), (pixels.Min(), pixels.Max()));
        Assert.All(labels.CountBy(label => label), entry => Assert.InRange(entry.Value, 60, 140));
    }

    [Fact]
    public void Open_NoFolder_SaysWhichFilesItNeeds() => AssertFails(TrainingException.DatasetMissing, "t10k-images-idx3-ubyte", _folder.File("none"));

    [Fact]
    public void Open_AnEmptyFolder_SaysWhichFileIsMissing() => AssertFails(TrainingException.DatasetMissing, "t10k-images-idx3-ubyte");

    [Fact]
    public void Open_NoLabels_SaysWhichFileIsMissing()
    {
        IdxWriter.WriteSet(_folder.Path, "t10k", 5);
        File.Delete(_folder.File("t10k-labels-idx1-ubyte"));
        AssertFails(TrainingException.DatasetMissing, "t10k-labels-idx1-ubyte");
    }

    [Fact]
    public void Open_OtherNumbersOfImagesAndLabels_SaysSo()
    {
        IdxWriter.WriteSet(_folder.Path, "t10k", 5);
        File.WriteAllBytes(_folder.File("t10k-labels-idx1-ubyte"), IdxWriter.Make([4], new byte[4]));
        AssertFails(TrainingException.DatasetDamaged, "5 images");
    }

    [Fact]
    public void Open_SetsOfDifferentSizes_SaysSo()
    {
        IdxWriter.WriteSet(_folder.Path, "train", 5);
        IdxWriter.WriteSet(_folder.Path, "t10k", 5);
        File.WriteAllBytes(_folder.File("t10k-images-idx3-ubyte.gz"), IdxWriter.Make([5, 3, 3], new byte[45]));
        AssertFails(TrainingException.DatasetDamaged, "different sizes");
    }

    [Fact]
    public void Open_AnUnknownKind_NamesTheKnownOnes()
    {
        var exception = Assert.Throws<TrainingException>(() => DatasetCatalog.Open(new DatasetSpec("minst", _folder.Path)));
        Assert.Equal(TrainingException.DatasetUnsupported, exception.Code);
        Assert.Contains("mnist", exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> DamagedFiles()
    {
        var whole = IdxWriter.Make([5, 2, 2], new byte[20]);
        var compressed = IdxWriter.Gzip(whole);
        var negative = IdxWriter.Make([5, 2, 2], new byte[20]);
        negative[4] = 0xFF;
        return new TheoryData<string, byte[], string>
        {
            { "empty", [], "truncated" },
            { "header cut", whole[..10], "truncated" },
            { "data cut", whole[..^1], "truncated" },
            { "gzip cut", compressed[..^12], "truncated" },
            { "gzip damaged", [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "decompressed" },
            { "labels instead", IdxWriter.Make([20], new byte[20]), "dimensions" },
            { "text", "hello, world"u8.ToArray(), "begins with" },
            { "too long", [.. whole, 0], "goes on" },
            { "negative size", negative, "not possible" },
            { "huge size", IdxWriter.Make([int.MaxValue, int.MaxValue, int.MaxValue], []), "not possible" },
        };
    }

    [Theory]
    [MemberData(nameof(DamagedFiles))]
    public void Open_ADamagedFile_SaysWhatIsWrongAndWhere(string damage, byte[] content, string expected)
    {
        Assert.NotEmpty(damage);
        IdxWriter.WriteSet(_folder.Path, "t10k", 5);
        File.WriteAllBytes(_folder.File("t10k-images-idx3-ubyte.gz"), content);
        AssertFails(TrainingException.DatasetDamaged, expected);
        AssertFails(TrainingException.DatasetDamaged, _folder.File("t10k-images-idx3-ubyte.gz"));
    }

    private static (float[] Pixels, long[] Labels) Read(IDataset data, int[] rows)
    {
        var (inputs, labels) = (new byte[rows.Length * data.Inputs.Bytes], new byte[rows.Length * data.Labels.Bytes]);
        data.CopyRows(rows, inputs, labels);
        return (MemoryMarshal.Cast<byte, float>(inputs).ToArray(), MemoryMarshal.Cast<byte, long>(labels).ToArray());
    }

    private static IEnumerable<float> FirstPixels(IDataset data) => Read(data, [.. Enumerable.Range(0, data.Count)]).Pixels.Chunk(data.Inputs.Elements).Select(image => image[0]);

    private DatasetSplit Open() => DatasetCatalog.Open(new DatasetSpec(DatasetCatalog.Mnist, _folder.Path));

    private void AssertFails(string code, string text, string? folder = null)
    {
        var exception = Assert.Throws<TrainingException>(() => DatasetCatalog.Open(new DatasetSpec(DatasetCatalog.Mnist, folder ?? _folder.Path)));
        Assert.Equal(code, exception.Code);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }
}
