using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Progress;

/// <summary>The parts of a trial's row or line.</summary>
internal static class TrialText
{
    /// <summary>Where it is; with its ranks, where it has lost some: <c>running 2/3</c>.</summary>
    public static string State(Trial trial, int worldSize) =>
        trial.Status == TrialStatus.Running && trial.Workers.Count > 0 && trial.Workers.Count < worldSize ? $"{trial.Status} {trial.Workers.Count}/{worldSize}" : trial.Status;

    /// <summary>Epochs ended of epochs in all.</summary>
    public static string Epoch(Trial trial) => trial.Epochs > 0 ? $"{trial.Epoch}/{trial.Epochs}" : $"{trial.Epoch}";

    /// <summary>The newest training loss, or empty.</summary>
    public static string Loss(Trial trial)
    {
        if (trial.Status == TrialStatus.Running && trial.Progress is { Step: > 0 } progress) return Format.Number(progress.Loss);
        return trial.Metrics.TryGetValue("loss", out var loss) || trial.Metrics.TryGetValue("train_loss", out loss) ? Format.Number(loss) : "";
    }

    /// <summary>The newest value of the optimised metric while it runs, the best one when it has ended; empty before the first.</summary>
    public static string Metric(Trial trial, string metric)
    {
        if (trial.Status != TrialStatus.Running && trial.HasBestMetric) return Format.Number(trial.BestMetric);
        return trial.Metrics.TryGetValue(metric, out var value) ? Format.Number(value) : "";
    }

    /// <summary>Training speed, while it runs.</summary>
    public static string Speed(Trial trial) =>
        trial is { Status: TrialStatus.Running, Progress.SamplesPerSecond: > 0 } ? Format.Rate(trial.Progress.SamplesPerSecond) : "";

    /// <summary>Time to its own end, while it runs.</summary>
    public static string Eta(Trial trial) =>
        trial is { Status: TrialStatus.Running, Progress.EtaSeconds: > 0 } ? Format.Duration(trial.Progress.EtaSeconds) : "";
}
