using System.Buffers.Binary;
using Orchestrator.Checkpoints;
using Orchestrator.Training;
using Orchestrator.Training.Sampling;

namespace Orchestrator.Tasks.Tests;

public sealed class SampleWriterTests : IDisposable
{
    private static readonly SampleWriter Writer = new(TaskCatalog.BuiltIn);

    private readonly string _folder = Directory.CreateTempSubdirectory("samples-").FullName;
    private readonly string _checkpoint;

    public SampleWriterTests()
    {
        var observer = new RecordingObserver();
        Trials.Run(Trials.Small(_folder, 1), observer);
        _checkpoint = observer.Registered[0].Location;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WriteSamples_OfACheckpoint_RepeatsWithTheSeed()
    {
        var files = new[] { 1L, 1L, 2L }.Select((seed, i) => Sample($"{i}.png", seed)).ToList();
        Assert.Equal(files[0], files[1]);
        Assert.NotEqual(files[0], files[2]);
        Assert.Equal((1 + (4 * 85), 1 + (3 * 85)), (Number(files[0], 16), Number(files[0], 20))); // 10 digits in 4 columns, enlarged to 84 pixels
    }

    [Fact]
    public void WriteReconstructions_OfACheckpoint_WritesAPicture()
    {
        var output = Path.Combine(_folder, "reconstructions.png");
        Assert.True(Writer.WriteReconstructions(_checkpoint, output));
        Assert.True(new FileInfo(output).Length > 1000);
    }

    [Fact]
    public void WriteExplanations_OfACheckpointOfTwoEpochs_WritesCurvesAndWalks()
    {
        var observer = new RecordingObserver();
        Trials.Run(Trials.Small(_folder, 2) with { CheckpointFolder = Path.Combine(_folder, "two") }, observer);
        var folder = Path.Combine(_folder, "explanations");
        Writer.WriteExplanations(observer.Registered[^1].Location, folder);
        Assert.Equal(2 * 380, Number(File.ReadAllBytes(Path.Combine(folder, "curves.png")), 16)); // two diagrams beside each other
        Assert.Equal(1 + (12 * 85), Number(File.ReadAllBytes(Path.Combine(folder, "walks.png")), 16));
        Assert.Equal(1 + (10 * 85), Number(File.ReadAllBytes(Path.Combine(folder, "walks.png")), 20)); // 5 ways between codes, 5 dimensions
    }

    [Fact]
    public void WriteReconstructions_WithoutTheDataset_SaysSo()
    {
        Directory.Delete(Path.Combine(_folder, "data"), recursive: true);
        var exception = Assert.Throws<TrainingException>(() => Writer.WriteReconstructions(_checkpoint, Path.Combine(_folder, "x.png")));
        Assert.Equal(TrainingException.DatasetMissing, exception.Code);
    }

    [Fact]
    public void WriteSamples_OfNoCheckpoint_SaysSo() => Assert.Equal(
        CheckpointError.NotFound,
        Assert.Throws<CheckpointException>(() => Writer.WriteSamples(_folder, Path.Combine(_folder, "x.png"), new SampleRequest())).Error);

    private static int Number(byte[] file, int offset) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(offset));

    private byte[] Sample(string name, long seed)
    {
        var output = Path.Combine(_folder, name);
        Writer.WriteSamples(_checkpoint, output, new SampleRequest { Count = 10, Seed = seed });
        return File.ReadAllBytes(output);
    }
}
