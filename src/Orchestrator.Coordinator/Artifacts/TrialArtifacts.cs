using System.IO.Enumeration;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Checkpoints.Files;
using Orchestrator.Domain.Identity;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Experiments;
using Orchestrator.Training.Artifacts;

namespace Orchestrator.Coordinator.Artifacts;

/// <summary>What trials made on their way (pictures, texts, sounds), for clients. It lies where the checkpoints do.</summary>
public sealed class TrialArtifacts(IGrainFactory grains, TimeProvider time)
{
    private const int Most = 1000;

    // Workers write this folder, and run what submitters give them: a link in it could lead to what this process alone may read.
    private static readonly EnumerationOptions FilesOnly = new() { RecurseSubdirectories = true, MaxRecursionDepth = 2, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };

    /// <summary>A trial's artifacts, those of the newest checkpoint first, at most 1,000; null where there is no such trial.</summary>
    public async Task<IReadOnlyList<ArtifactFile>?> List(string experiment, int trial)
    {
        if (!ExperimentId.TryParse(experiment, out var id) || await grains.GetGrain<IExperimentGrain>(id.Value).Header() is not { } view || trial < 1 || trial > view.TrialCount) return null;
        var folder = ExperimentFolders.OfTrial(view.Folder, trial);
        var files = S3Location.IsOne(folder) ? await Task.Run(() => InBucket(folder)) : InFolder(new Uri(folder).LocalPath);
        return [.. files.OrderByDescending(f => Path.GetDirectoryName(f.Name), StringComparer.Ordinal).ThenBy(f => f.Name, StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>One of them, by its name; null where there is none.</summary>
    public async Task<ArtifactFile?> Find(string experiment, int trial, string name) => (await List(experiment, trial))?.FirstOrDefault(f => f.Name == name);

    private static List<ArtifactFile> InFolder(string folder)
    {
        var root = Path.Combine(folder, ArtifactFolders.Files);
        if (!Directory.Exists(root)) return [];
        return [.. new FileSystemEnumerable<ArtifactFile>(root, (ref FileSystemEntry entry) => Of(ref entry, root), FilesOnly) { ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory }];
    }

    private List<ArtifactFile> InBucket(string folder)
    {
        var bucket = new BucketFiles(S3Location.Parse(folder).Below(ArtifactFolders.Files), time);
        return [.. bucket.List("").Select(file => new ArtifactFile(file.Name, file.Bytes, file.WrittenAt, () => bucket.OpenRead(file.Name)))];
    }

    private static ArtifactFile Of(ref FileSystemEntry entry, string root)
    {
        var path = entry.ToFullPath();
        return new ArtifactFile(Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'), entry.Length, entry.LastWriteTimeUtc, () => File.OpenRead(path));
    }
}
