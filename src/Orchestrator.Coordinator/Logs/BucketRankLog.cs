using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Checkpoints.Files;
using Orchestrator.ServiceDefaults.Logs;

namespace Orchestrator.Coordinator.Logs;

/// <summary>A copy of a rank's log, which is in a bucket, in a folder of this machine that is gone when this is disposed. Used by one reader at a time.</summary>
internal sealed class BucketRankLog(string experiment, int trial, int rank, TimeProvider time) : IDisposable
{
    private readonly BucketFiles _bucket = new(S3Location.Parse(experiment), time);
    private readonly Dictionary<string, string> _versions = new(StringComparer.Ordinal);

    /// <summary>The path of the folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("orchestrator-log-").FullName;

    /// <summary>Copies what has changed.</summary>
    /// <exception cref="Checkpoints.CheckpointException">The bucket can't be used.</exception>
    public void Fetch()
    {
        var prefix = RankLogFolder.NameOf(trial) + "/";
        foreach (var file in _bucket.List(prefix + RankLogFolder.PrefixOf(rank)))
        {
            var segment = file.Name[prefix.Length..];
            if (RankLogFolder.AttemptOf(segment, rank) is null || _versions.GetValueOrDefault(segment) == file.Version) continue;
            Fetch(file.Name, Path.Combine(Folder, segment));
            _versions[segment] = file.Version;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Whole or not at all: a reader may be at the one before.</summary>
    private void Fetch(string name, string path)
    {
        var temporary = path + ".new";
        using (var source = _bucket.OpenRead(name))
        using (var target = File.Create(temporary))
            source.CopyTo(target);
        File.Move(temporary, path, overwrite: true);
    }
}
