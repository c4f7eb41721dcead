using Orchestrator.Checkpoints.Blobs;
using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Checkpoints.Safetensors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Checkpoints.Tests;

public sealed class CheckpointStoreTests : IDisposable
{
    private const string Name = "a1-s00000007";

    internal static readonly CheckpointManifest Manifest = new()
    {
        Task = "vae",
        Experiment = "mnist",
        Trial = 3,
        Attempt = 1,
        Parameters = new ParameterSet([new("learning_rate", ParameterValue.Of(1e-3)), new("epochs", ParameterValue.Of(5L))]),
        Dataset = new DatasetSpec("mnist", "/data"),
        Epoch = 1,
        Step = 7,
        BatchInEpoch = 2,
        Seed = 42,
        Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["validation_elbo"] = -104.5 },
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private readonly TemporaryFolder _folder = new();

    private string ModelPath => Path.Combine(_folder.Path, Name, "model.safetensors");

    private string ManifestPath => Path.Combine(_folder.Path, Name, CheckpointManifest.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AfterWrite_GivesManifestAndTensors()
    {
        var written = Save();
        var checkpoint = Store().Open(Name, written.ManifestSha256);
        Assert.Equal(Manifest.Parameters, checkpoint.Manifest.Parameters);
        Assert.Equal((1, 7L, 2, 42L), (checkpoint.Manifest.Epoch, checkpoint.Manifest.Step, checkpoint.Manifest.BatchInEpoch, checkpoint.Manifest.Seed));
        Assert.Equal(-104.5, checkpoint.Manifest.Metrics["validation_elbo"]);
        var value = new byte[4];
        using var tensors = checkpoint.OpenTensors("model.safetensors");
        tensors.Read("weight", value);
        Assert.Equal(2.5f, BitConverter.ToSingle(value));
        Assert.Equal(new FileInfo(ModelPath).Length + new FileInfo(ManifestPath).Length, written.Bytes);
    }

    [Fact]
    public void Open_WithAFlippedBit_IsDamaged()
    {
        Save();
        var bytes = File.ReadAllBytes(ModelPath);
        bytes[^1] ^= 1;
        File.WriteAllBytes(ModelPath, bytes);
        AssertFails(CheckpointError.Damaged, "hash");
    }

    [Fact]
    public void Open_WithATruncatedFile_IsDamaged()
    {
        Save();
        File.WriteAllBytes(ModelPath, File.ReadAllBytes(ModelPath)[..^1]);
        AssertFails(CheckpointError.Damaged, "bytes");
    }

    [Fact]
    public void Open_WithoutAListedFile_IsDamaged()
    {
        Save();
        File.Delete(ModelPath);
        AssertFails(CheckpointError.Damaged, "lacks");
    }

    [Fact]
    public void Open_WithAnotherManifestThanRegistered_IsDamaged()
    {
        var written = Save();
        File.AppendAllText(ManifestPath, " ");
        AssertFails(CheckpointError.Damaged, "registered", written.ManifestSha256);
    }

    [Theory]
    [InlineData("", CheckpointError.Damaged)]
    [InlineData("{}", CheckpointError.Damaged)]
    [InlineData("""{"format_version":1}""", CheckpointError.Damaged)]
    [InlineData("""{"format_version":99}""", CheckpointError.UnsupportedVersion)]
    public void Open_WithAMalformedManifest_SaysSo(string json, CheckpointError expected)
    {
        Save();
        File.WriteAllText(ManifestPath, json);
        AssertFails(expected, Name);
    }

    [Fact]
    public void Open_OfNothing_IsNotFound() => AssertFails(CheckpointError.NotFound, "");

    [Fact]
    public void Write_ThatFails_LeavesNothing()
    {
        Assert.Throws<CheckpointException>(() => Store().Write(Name, Manifest, [new CheckpointFile("model.safetensors", _ => throw new IOException("disk"))]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Parse_APathOrUri_FindsTheStore()
    {
        Save();
        var path = Path.Combine(_folder.Path, Name);
        foreach (var text in new[] { path, path + "/", new Uri(path).AbsoluteUri })
        {
            var location = CheckpointLocation.Parse(text);
            Assert.Equal(Name, location.Name);
            Assert.Equal("vae", location.OpenStore().Open(location.Name).Manifest.Task);
        }

        Assert.Throws<CheckpointException>(() => CheckpointLocation.Parse("ftp://host/key"));
        Assert.Throws<CheckpointException>(() => CheckpointLocation.Parse("s3://bucket"));
        Assert.Throws<CheckpointException>(() => CheckpointLocation.Parse("/"));
    }

    [Fact]
    public void Parse_AnS3Url_KeepsItsService()
    {
        var location = CheckpointLocation.Parse("s3://models/run/trial-1/step-1?endpoint=http://minio:9000");
        Assert.Equal(("s3://models/run/trial-1?endpoint=http://minio:9000", "step-1"), (location.Folder, location.Name));
        Assert.Equal("s3://models/run/trial-1/step-1?endpoint=http://minio:9000", location.ToString());
    }

    private CheckpointStore Store() => new(new FolderBlobStore(_folder.Path));

    private WrittenCheckpoint Save() => Store().Write(Name, Manifest, [new CheckpointFile("model.safetensors", WriteModel)]);

    private static void WriteModel(Stream stream) =>
        SafetensorsWriter.Write(stream, [new TensorData("weight", TensorDataType.Float32, [1], BitConverter.GetBytes(2.5f))]);

    private void AssertFails(CheckpointError error, string text, string? sha256 = null)
    {
        var exception = Assert.Throws<CheckpointException>(() => Store().Open(Name, sha256));
        Assert.Equal(error, exception.Error);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }
}
