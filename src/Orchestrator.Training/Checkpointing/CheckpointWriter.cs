using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Checkpointing;

/// <summary>
/// Saves a trial's checkpoints from rank 0: a copy in memory while training waits, the rest (write, register, delete the expired) in the
/// background. One is written at a time, and a bounded number waits to be registered.
/// </summary>
internal sealed class CheckpointWriter : IDisposable
{
    private const int MaximumUnregistered = 4;
    private static readonly TimeSpan CatalogueTimeout = TimeSpan.FromSeconds(30);

    private readonly TrialAssignment _assignment;
    private readonly ITrialObserver _observer;
    private readonly TimeProvider _time;
    private readonly string _folder;
    private readonly CheckpointStore _store;
    private readonly TrainingSnapshot _snapshot = new();
    private readonly CheckpointRegistration _registration;
    private Task _writing = Task.CompletedTask;

    /// <summary>Prepares, and removes what an earlier attempt left half-written.</summary>
    /// <exception cref="CheckpointException">The folder cannot be used.</exception>
    internal CheckpointWriter(TrialAssignment assignment, ITrialObserver observer, ICheckpointRegistrar registrar, TimeProvider time, CancellationToken abort)
    {
        (_assignment, _observer, _time) = (assignment, observer, time);
        _folder = CheckpointLocation.FolderOf(assignment.CheckpointFolder);
        var blobs = CheckpointLocation.OpenBlobs(_folder);
        blobs.RemoveLeftovers("");
        _store = new CheckpointStore(blobs);
        _registration = new CheckpointRegistration(assignment, _store, registrar, observer, abort);
    }

    /// <summary>The newest checkpoint that this writer made durable.</summary>
    internal CheckpointRecord? Last { get; private set; }

    /// <summary>Saves in the background, unless the previous one is still being written or too many are unregistered.</summary>
    internal void Save(TrainingState state, CheckpointManifest manifest)
    {
        if (!_writing.IsCompleted)
            _observer.OnCheckpointSkipped(state.Epoch, "the previous checkpoint is still being written");
        else if (_registration.Pending >= MaximumUnregistered)
            _observer.OnCheckpointSkipped(state.Epoch, $"{MaximumUnregistered} checkpoints wait for the catalogue");
        else if (!_registration.Fenced)
            Start(state, manifest);
    }

    /// <summary>Saves and waits until the checkpoint is durable.</summary>
    /// <exception cref="CheckpointException">It could not be written.</exception>
    internal void SaveFinal(TrainingState state, CheckpointManifest manifest, CancellationToken abort)
    {
        _writing.ContinueWith(_ => { }, TaskScheduler.Default).Wait(abort);
        if (_registration.Fenced)
            return;
        Start(state, manifest);
        _writing.ContinueWith(_ => { }, TaskScheduler.Default).Wait(abort);
        _writing.GetAwaiter().GetResult();
    }

    /// <summary>Waits, for a bounded time, until what was saved is registered.</summary>
    public void Dispose()
    {
        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne(CatalogueTimeout);
        _registration.Finish(CatalogueTimeout);
        _registration.Dispose();
    }

    private void Start(TrainingState state, CheckpointManifest manifest)
    {
        _snapshot.Capture(state);
        _writing = Task.Run(() => Write(manifest));
        _ = _writing.ContinueWith(Report, manifest.Epoch, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private void Write(CheckpointManifest manifest)
    {
        var name = CheckpointName.Of(_assignment, manifest.Step);
        var written = _store.Write(name, manifest, _snapshot.Files());
        double? metric = manifest.Metrics.TryGetValue(_assignment.Metric.Name, out var value) ? value : null;
        var location = new CheckpointLocation(_folder, name).ToString();
        Last = new CheckpointRecord(_assignment.Attempt, manifest.Epoch, manifest.Step, location, written.ManifestSha256, written.Bytes, metric, _time.GetUtcNow());
        _observer.OnCheckpointSaved(Last);
        _registration.Add(Last);
    }

    private void Report(Task failed, object? epoch) =>
        _observer.OnCheckpointSkipped((int)epoch!, failed.Exception!.GetBaseException().Message);
}
