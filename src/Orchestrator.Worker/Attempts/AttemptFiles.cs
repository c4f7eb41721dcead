using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Checkpoints.Files;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Logs;

namespace Orchestrator.Worker.Attempts;

/// <summary>
/// Where an attempt keeps its log and what shows how it goes: the experiment's folder or, where that is in a bucket, a folder of this machine which is
/// copied there until the attempt has ended.
/// </summary>
internal sealed partial class AttemptFiles : IDisposable
{
    private readonly ScratchFolder? _scratch;
    private readonly FolderMirror? _mirror;

    private AttemptFiles(string experimentFolder, string trialFolder, ScratchFolder? scratch = null, FolderMirror? mirror = null) =>
        (ExperimentFolder, TrialFolder, _scratch, _mirror) = (experimentFolder, trialFolder, scratch, mirror);

    /// <summary>The path of the experiment's folder.</summary>
    public string ExperimentFolder { get; }

    /// <summary>The path of the trial's folder.</summary>
    public string TrialFolder { get; }

    /// <summary>Prepares an attempt's files.</summary>
    public static AttemptFiles Open(Assign assign, TimeProvider time, ILogger logger)
    {
        // The folder of a trial is in that of its experiment.
        var trial = CheckpointLocation.Parse(assign.CheckpointFolder);
        if (!S3Location.IsOne(trial.Folder)) return new AttemptFiles(trial.Folder, Path.Combine(trial.Folder, trial.Name));
        if (MakeFolder(logger) is not { } scratch)
        {
            // Whoever writes there finds out, and goes on without.
            var missing = Path.Combine(Path.GetTempPath(), ScratchFolder.Prefix + "missing");
            return new AttemptFiles(missing, Path.Combine(missing, trial.Name));
        }
        var bucket = new BucketFiles(S3Location.Parse(trial.Folder), time);
        var mirror = new FolderMirror(scratch.Files, bucket, time, logger);
        mirror.Start(() => ForgetOldAttempts(bucket, assign));
        return new AttemptFiles(scratch.Files, Path.Combine(scratch.Files, trial.Name), scratch, mirror);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mirror?.Dispose();
        _scratch?.Dispose();
    }

    private static ScratchFolder? MakeFolder(ILogger logger)
    {
        try
        {
            return ScratchFolder.Create(Path.GetTempPath());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNoFolder(logger, Path.GetTempPath(), exception.Message);
            return null;
        }
    }

    /// <summary>As many attempts of a rank have their logs as in a folder.</summary>
    private static void ForgetOldAttempts(BucketFiles bucket, Assign assign)
    {
        var folder = RankLogFolder.NameOf(assign.Attempt.Trial) + "/";
        var logs = bucket.List(folder + RankLogFolder.PrefixOf(assign.Rank)).Select(file => file.Name);
        bucket.Delete(logs.Where(name => RankLogFolder.AttemptOf(name[folder.Length..], assign.Rank) <= assign.Attempt.Number - RankLogFolder.Attempts).ToList());
    }

    [LoggerMessage(EventId = 2132, Level = LogLevel.Warning, Message = "The attempt's log and artifacts are not kept: no folder can be made in {Folder} ({Reason})")]
    private static partial void LogNoFolder(ILogger logger, string folder, string reason);
}
