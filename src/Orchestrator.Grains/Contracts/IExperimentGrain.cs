using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>One experiment, by its id: the journal's only writer, search, trial scheduler and attempts.</summary>
[Alias("orchestrator.IExperimentGrain")]
public interface IExperimentGrain : IGrainWithStringKey
{
    /// <summary>Begins the experiment. False where one of this id exists.</summary>
    [Alias("Submit")]
    Task<bool> Submit(Submission submission);

    /// <summary>Wakes the experiment after a restart, so that it goes on by itself. Cheap for one that is not running.</summary>
    [Alias("Wake")]
    Task Wake();

    /// <summary>The experiment with the trials that changed after <paramref name="revision"/> (0: all); null where there is none of this id.</summary>
    [Alias("View"), ReadOnly]
    Task<ExperimentView?> View(long revision);

    /// <summary>The experiment without its trials; null where there is none of this id.</summary>
    [Alias("Header"), ReadOnly]
    Task<ExperimentView?> Header();

    /// <summary>One trial; null where there is none.</summary>
    [Alias("Trial"), ReadOnly]
    Task<TrialView?> Trial(int number);

    /// <summary>A person stops it. False where there is none of this id.</summary>
    [Alias("Stop")]
    Task<bool> Stop(string reason);

    /// <summary>A person resumes it. False where there is none of this id.</summary>
    [Alias("Resume")]
    Task<bool> Resume();

    /// <summary>
    /// A person deletes it, where it does not run and no worker holds an attempt of it: curves, checkpoints, files, and last the journal.
    /// One that broke off is done again, by this or by <see cref="Wake"/>.
    /// </summary>
    /// <param name="by">Who, for the log.</param>
    /// <param name="keepCheckpoints">Whether the files of its checkpoints stay.</param>
    [Alias("Delete")]
    Task<DeletionReply> Delete(string by, bool keepCheckpoints);

    /// <summary>A person pauses a trial. Null where there is no experiment of this id; so in the following.</summary>
    [Alias("PauseTrial")]
    Task<TrialCommandReply?> PauseTrial(int trial, string reason);

    /// <summary>A person resumes a trial that is paused or ended before its last epoch.</summary>
    [Alias("ResumeTrial")]
    Task<TrialCommandReply?> ResumeTrial(int trial);

    /// <summary>A person moves a trial's end further away.</summary>
    [Alias("ExtendTrial")]
    Task<TrialCommandReply?> ExtendTrial(int trial, int epochs);

    /// <summary>A person begins a new trial from a checkpoint of another.</summary>
    /// <param name="trial">The trial to begin from.</param>
    /// <param name="epoch">From its newest checkpoint at or before this epoch; null: its newest.</param>
    /// <param name="changes">Parameters with other values: one JSON object.</param>
    [Alias("ForkTrial")]
    Task<TrialCommandReply?> ForkTrial(int trial, int? epoch, string changes);

    /// <summary>A person ends a trial.</summary>
    [Alias("StopTrial")]
    Task<TrialCommandReply?> StopTrial(int trial, string reason);

    /// <summary>The pool offers a gang, in the order of rank.</summary>
    /// <returns>The attempt that runs on it; null where it is not needed.</returns>
    [Alias("Place")]
    Task<AttemptKey?> Place(ImmutableArray<WorkerRegistration> workers);

    /// <summary>A trial reports at a scheduler step.</summary>
    [Alias("Report")]
    Task<ReportReply> Report(TrialReport report);

    /// <summary>A checkpoint's files are durable.</summary>
    [Alias("CheckpointSaved")]
    Task<ReportReply> CheckpointSaved(CheckpointReport checkpoint);

    /// <summary>A checkpoint is not to be kept.</summary>
    [Alias("CheckpointRemoved")]
    Task<ReportReply> CheckpointRemoved(AttemptKey attempt, string location, string worker);

    /// <summary>A rank has ended its part of an attempt.</summary>
    [Alias("RankEnded")]
    Task RankEnded(RankEnd end);

    /// <summary>How far a trial is; lost ones do not matter.</summary>
    [Alias("Progress"), OneWay]
    Task Progress(RankProgress progress);

    /// <summary>A worker's process group is broken, and it waits to be told of the next generation. Said again and again.</summary>
    /// <param name="attempt">What it runs.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="generation">The process group that is broken.</param>
    [Alias("GroupLost"), OneWay]
    Task GroupLost(AttemptKey attempt, string worker, int generation);

    /// <summary>A worker runs an attempt that nobody told it to since it dialled in: it is stopped if it is stale.</summary>
    [Alias("Confirm"), OneWay]
    Task Confirm(AttemptKey attempt, string worker);
}
