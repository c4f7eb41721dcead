using System.Buffers.Binary;
using System.Text;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Transformer;
using Orchestrator.Training.Randomness;
using TorchSharp;

namespace Orchestrator.Tasks.Tests;

public sealed class ArtifactTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("artifacts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_ThatKeepsArtifacts_WritesThemForEachCheckpointAndTrainsAlike()
    {
        var (plain, kept) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Trials.Small(_folder, 2) with { CheckpointFolder = Path.Combine(_folder, "plain") }, plain);
        Trials.Run(Trials.Small(_folder, 2) with { Checkpoint = new CheckpointSpec(1, 1) { Artifacts = [ArtifactKind.Files, ArtifactKind.TensorBoard] } }, kept);

        Assert.Equal(plain.Epochs.Select(epoch => epoch.Metrics["validation_elbo"]), kept.Epochs.Select(epoch => epoch.Metrics["validation_elbo"]));
        var folders = Directory.GetDirectories(Path.Combine(_folder, "checkpoints", "artifacts")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["step-000000009-attempt-001", "step-000000018-attempt-001"], folders.Select(Path.GetFileName)); // of the deleted checkpoint too
        Assert.Equal(["reconstructions.png", "samples.png", "walks.png"], Names(folders[0]));
        Assert.Equal(["curves.png", "reconstructions.png", "samples.png", "walks.png"], Names(folders[1]));
        var events = Encoding.Latin1.GetString(File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(_folder, "checkpoints", "tensorboard")))));
        Assert.All(["validation_elbo", "train_loss", "samples", "walks"], name => Assert.Contains(name, events, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OfATransformerThatKeepsFiles_WritesTextsAndWhatItLooksAt()
    {
        var observer = new RecordingObserver();
        var assignment = Trials.Assign(
            Path.Combine(_folder, "checkpoints"), "", ("epochs", ParameterValue.Of(1L)), ("batch_size", ParameterValue.Of(4L)), ("epoch_steps", ParameterValue.Of(2L)),
            ("context", ParameterValue.Of(24L)), ("layers", ParameterValue.Of(2L)), ("heads", ParameterValue.Of(3L)), ("width", ParameterValue.Of(12L))) with
        {
            Task = "transformer",
            Dataset = new DatasetSpec("text", Trials.Licence),
            Metric = new MetricSpec("validation_loss", Goal.Minimize),
            Checkpoint = new CheckpointSpec { Artifacts = [ArtifactKind.Files] },
        };
        Trials.Run(assignment, observer);

        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "checkpoints", "artifacts")));
        Assert.Equal(["attention.png", "samples.txt"], Names(folder));
        var map = File.ReadAllBytes(Path.Combine(folder, "attention.png"));
        Assert.Equal((1 + (3 * ((24 * 8) + 1)), 1 + (2 * ((24 * 8) + 1))), (Number(map, 16), Number(map, 20))); // 3 heads in a row, 2 layers, enlarged to 192 pixels
        Assert.False(Directory.Exists(Path.Combine(_folder, "checkpoints", "tensorboard")));
    }

    [Fact]
    public void Attention_OfATransformer_NeverLooksAhead()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var network = LibraryGenerator.Draw(1, () => new TransformerNetwork(new TransformerOptions { Context = 8, Layers = 2, Heads = 2, Width = 8 }, 5));
        foreach (var layer in network.Attention(torch.zeros(1, 8, torch.ScalarType.Int64)))
        {
            Assert.Equal([1, 2, 8, 8], layer.shape);
            Assert.Equal(0, layer.triu(1).abs().max().item<float>());
            Assert.InRange((layer.sum(-1) - 1).abs().max().item<float>(), 0, 1e-5f);
        }
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static int Number(byte[] file, int offset) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(offset));
}
