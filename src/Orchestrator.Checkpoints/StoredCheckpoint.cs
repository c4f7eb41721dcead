using Orchestrator.Checkpoints.Blobs;
using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Checkpoints.Safetensors;

namespace Orchestrator.Checkpoints;

/// <summary>A checkpoint whose every file was found to be what its manifest says.</summary>
public sealed class StoredCheckpoint
{
    private readonly IBlobStore _blobs;

    internal StoredCheckpoint(IBlobStore blobs, string name, CheckpointManifest manifest) => (_blobs, Name, Manifest) = (blobs, name, manifest);

    /// <summary>Its name in the store.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public CheckpointManifest Manifest { get; }

    /// <summary>Opens one of its safetensors files.</summary>
    /// <exception cref="CheckpointException">It has no such file, or the file is malformed.</exception>
    public SafetensorsReader OpenTensors(string file) => SafetensorsReader.Open(_blobs.OpenRead(Name, file), $"{Name}/{file}");
}
