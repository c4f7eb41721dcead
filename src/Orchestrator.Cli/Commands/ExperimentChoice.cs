using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary>Which experiment a command without an argument means.</summary>
internal static class ExperimentChoice
{
    /// <summary>The newest one.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static Experiment Newest(IEnumerable<Experiment> experiments) =>
        NewestFirst(experiments).FirstOrDefault() ?? throw new CliException(ExitCode.Usage, "experiment", "there is none yet", "start one with 'orch run FILE'");

    /// <summary>The newest one that can go on.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static Experiment NewestUnfinished(IEnumerable<Experiment> experiments) =>
        NewestFirst(experiments).FirstOrDefault(IsUnfinished)
        ?? throw new CliException(ExitCode.Usage, "experiment", "none is unfinished", "'orch status' lists them, 'orch run FILE' starts a new one");

    /// <summary>The newest one that runs.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static Experiment NewestRunning(IEnumerable<Experiment> experiments) =>
        NewestFirst(experiments).FirstOrDefault(experiment => experiment.Status == ExperimentStatus.Running)
        ?? throw new CliException(ExitCode.Usage, "experiment", "none is running", "'orch status' lists them");

    /// <summary>In the order in which people look for them.</summary>
    public static IEnumerable<Experiment> NewestFirst(IEnumerable<Experiment> experiments) =>
        experiments.OrderByDescending(experiment => experiment.SubmittedAt?.ToDateTimeOffset()).ThenByDescending(experiment => experiment.Id, StringComparer.Ordinal);

    private static bool IsUnfinished(Experiment experiment) => experiment.Status is ExperimentStatus.Running or ExperimentStatus.Stopped;
}
