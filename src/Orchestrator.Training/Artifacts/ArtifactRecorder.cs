using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Artifacts.TensorBoard;
using Orchestrator.Training.Checkpointing;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Artifacts;

/// <summary>
/// Keeps what shows how a trial went, in its folder: in <c>artifacts/CHECKPOINT</c> files of what the model made at a checkpoint and of what explains
/// it, in <c>tensorboard</c> event files. They stay when the checkpoint is deleted. Rank 0 only; training waits for them.
/// </summary>
internal sealed class ArtifactRecorder : IDisposable
{
    private readonly TrialAssignment _assignment;
    private readonly ITrialObserver _observer;
    private readonly TimeProvider _time;
    private readonly ModelArtist _artist;
    private readonly string _folder;
    private EventFile? _events;

    /// <summary>Prepares.</summary>
    /// <param name="assignment">The trial.</param>
    /// <param name="observer">Is told of what could not be written.</param>
    /// <param name="artist">Makes files of the model.</param>
    /// <param name="time">The clock.</param>
    private ArtifactRecorder(TrialAssignment assignment, ITrialObserver observer, ModelArtist artist, TimeProvider time)
    {
        (_assignment, _observer, _artist, _time) = (assignment, observer, artist, time);
        _folder = assignment.ArtifactFolder ?? CheckpointLocation.FolderOf(assignment.CheckpointFolder);
    }

    /// <summary>The recorder of a trial, or null where nothing is to be kept.</summary>
    internal static ArtifactRecorder? Create(TrialSetup setup, ITrialObserver observer, TimeProvider time)
    {
        if (setup.Group.Rank != 0 || setup.Assignment.Checkpoint.Artifacts is not { Count: > 0 })
            return null;
        return new ArtifactRecorder(setup.Assignment, observer, new ModelArtist(setup.Assignment.Task, setup.Model, setup.Shape, setup.Device, () => setup.Data.Validation), time);
    }

    /// <summary>Records an epoch. The model is in evaluation mode, with its averages.</summary>
    /// <param name="step">Optimizer steps taken.</param>
    /// <param name="history">What the epochs reported, this one last.</param>
    /// <param name="isSaved">Whether a checkpoint of it is due.</param>
    internal void Record(long step, IReadOnlyList<EpochMetrics> history, bool isSaved)
    {
        try
        {
            var events = Keeps(ArtifactKind.TensorBoard) ? Events() : null;
            events?.AddScalars(step, history[^1].Metrics);
            if (isSaved)
                RecordCheckpoint(step, history, events);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _observer.OnCheckpointSkipped(history[^1].Epoch, $"its artifacts could not be written: {exception.Message}");
        }
    }

    public void Dispose() => _events?.Dispose();

    private void RecordCheckpoint(long step, IReadOnlyList<EpochMetrics> history, EventFile? events)
    {
        var keepsFiles = Keeps(ArtifactKind.Files);
        var folder = Path.Combine(_folder, keepsFiles ? ArtifactFolders.Files : ArtifactFolders.Events, keepsFiles ? CheckpointName.Of(_assignment, step) : ".pictures");
        Directory.CreateDirectory(folder);
        _artist.WriteSamples(Path.Combine(folder, "samples"), new SampleRequest());
        _artist.WriteReconstructions(Path.Combine(folder, "reconstructions.png"));
        _artist.WriteExplanations(folder, history);
        foreach (var picture in Directory.EnumerateFiles(folder, "*.png").Order(StringComparer.Ordinal))
            events?.AddImage(step, Path.GetFileNameWithoutExtension(picture), File.ReadAllBytes(picture));
        if (!keepsFiles)
            Directory.Delete(folder, recursive: true);
    }

    private bool Keeps(ArtifactKind kind) => _assignment.Checkpoint.Artifacts!.Contains(kind);

    private EventFile Events() => _events ??= new EventFile(Path.Combine(_folder, ArtifactFolders.Events), _assignment.Attempt.Number, _time);
}
