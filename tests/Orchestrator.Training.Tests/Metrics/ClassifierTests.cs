using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Metrics;

[Collection(nameof(LibraryGenerator))]
public sealed class ClassifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classifier-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Get_TwiceAndOnceDamaged_TrainsOnceAndThenAgain()
    {
        using var scope = NewDisposeScope();
        var all = MnistDatasets.Open(Repository.Digits);
        var data = all with { Training = new FirstRows(all.Training, 600) };
        using var trained = new ClassifierCache(_folder).Get(data, CancellationToken.None);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "classifiers")));
        var written = File.GetLastWriteTimeUtc(file);
        using var known = new ClassifierCache(_folder).Get(data, CancellationToken.None);

        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        var (images, labels) = Rows(all.Validation, 500);
        var (features, probabilities) = known.Judge(images);
        Assert.Equal([500, 128], features.shape);
        Assert.True(features.equal(trained.Judge(images).Features).all().item<bool>());
        Assert.InRange((probabilities.argmax(1) == labels).to(ScalarType.Float32).mean().item<float>(), 0.8f, 1f);

        File.WriteAllBytes(file, [1, 2, 3]);
        using var again = new ClassifierCache(_folder).Get(data with { Training = new FirstRows(all.Training, 600) }, CancellationToken.None);
        Assert.True(new FileInfo(file).Length > 100_000);
    }

    [Fact]
    public void Hash_OfOtherRows_Differs()
    {
        var data = MnistDatasets.Open(Repository.Digits).Validation;
        Assert.Equal(ClassifierCache.Hash(new FirstRows(data, 20)), ClassifierCache.Hash(new FirstRows(data, 20)));
        Assert.NotEqual(ClassifierCache.Hash(new FirstRows(data, 20)), ClassifierCache.Hash(new FirstRows(data, 21)));
    }

    private static (Tensor Images, Tensor Labels) Rows(IDataset data, int count)
    {
        using var buffer = new BatchBuffer(data, count);
        buffer.Fill([.. Enumerable.Range(0, count)]);
        var batch = buffer.On(CPU);
        return (batch.Inputs.clone(), batch.Labels.clone());
    }

    private sealed class FirstRows(IDataset data, int count) : IDataset
    {
        public int Count => count;

        public RowLayout Inputs => data.Inputs;

        public RowLayout Labels => data.Labels;

        public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels) => data.CopyRows(rows, inputs, labels);
    }
}
