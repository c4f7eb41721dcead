using Microsoft.Extensions.Options;
using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Checkpoints.Files;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Grains.Experiments;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>The files of experiments in the folder or bucket of checkpoints, where each has one by its id, with one in it for each trial.</summary>
internal sealed class ExperimentFiles(IOptions<ExperimentGrainOptions> options, TimeProvider time) : IExperimentFiles
{
    /// <inheritdoc/>
    public Task RemoveAsync(ExperimentId experiment, bool keepCheckpoints, CancellationToken cancellationToken) =>
        Task.Run(() => Remove(ExperimentFolders.Of(options.Value.Folder, experiment), keepCheckpoints), cancellationToken);

    private void Remove(string folder, bool keepCheckpoints)
    {
        if (S3Location.IsOne(folder)) RemoveFromBucket(new BucketFiles(S3Location.Parse(folder), time), keepCheckpoints);
        else Remove(new DirectoryInfo(new Uri(folder).LocalPath), keepCheckpoints);
    }

    private static void RemoveFromBucket(BucketFiles files, bool keepCheckpoints)
    {
        try
        {
            if (!keepCheckpoints) files.AbortUploads();
            var names = files.List("").Select(file => file.Name);
            files.Delete(names.Where(name => !keepCheckpoints || !name.StartsWith(ExperimentFolders.TrialPrefix, StringComparison.Ordinal)));
        }
        catch (CheckpointException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static void Remove(DirectoryInfo folder, bool keepCheckpoints)
    {
        if (!folder.Exists) return;
        if (!keepCheckpoints)
        {
            folder.Delete(recursive: true);
            return;
        }
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is not DirectoryInfo inner) entry.Delete();
            else if (!inner.Name.StartsWith(ExperimentFolders.TrialPrefix, StringComparison.Ordinal)) inner.Delete(recursive: true);
        }
    }
}
