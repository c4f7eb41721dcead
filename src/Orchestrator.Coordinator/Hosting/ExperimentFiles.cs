using Microsoft.Extensions.Options;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Grains.Experiments;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>The files of experiments in the folder of checkpoints, where each has one by its id, with one in it for each trial.</summary>
internal sealed class ExperimentFiles(IOptions<ExperimentGrainOptions> options) : IExperimentFiles
{
    /// <inheritdoc/>
    public Task RemoveAsync(ExperimentId experiment, bool keepCheckpoints, CancellationToken cancellationToken) =>
        Task.Run(() => Remove(new DirectoryInfo(new Uri(ExperimentFolders.Of(options.Value.Folder, experiment)).LocalPath), keepCheckpoints), cancellationToken);

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
