using System.Globalization;
using Orchestrator.Checkpoints;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Benchmarks;

/// <summary>Prints the samples/s of each epoch but the first, which warms up, and the share of its steps' time that they waited for data.</summary>
internal sealed class SpeedObserver(bool print) : ITrialObserver, ICheckpointRegistrar
{

    public StopRequest StopRequest => StopRequest.None;

    public void OnStarted(TrialStarted started)
    {
    }

    public void OnProgress(TrialProgress progress)
    {
    }

    public void OnEpoch(EpochReport report)
    {
        if (print && report.Epoch > 1)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Metrics["samples_per_second"]:R} {report.LoadingTime / report.TrainingTime:R}"));
    }

    public void OnCheckpointSaved(CheckpointRecord record)
    {
    }

    public void OnCheckpointSkipped(int epoch, string reason) => Console.Error.WriteLine($"epoch {epoch}: {reason}");

    public void OnCheckpointRefused(CheckpointRecord record, CheckpointException reason)
    {
    }

    public Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken) => Task.FromResult(true);
}
