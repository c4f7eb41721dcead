using System.Text.Json.Serialization;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Checkpoints.Manifests;

/// <summary>
/// What a checkpoint is, as <c>manifest.json</c> beside its tensor files. With the same program and files, training goes on from it
/// as if it had not been interrupted.
/// </summary>
public sealed record CheckpointManifest
{
    /// <summary>Name of the manifest's file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The format version that this build writes; it reads this one.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of this format.</summary>
    public int FormatVersion { get; init; } = CurrentVersion;

    /// <summary>The task that wrote the tensors.</summary>
    public required string Task { get; init; }

    /// <summary>The experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>Number of the trial in the experiment.</summary>
    public required int Trial { get; init; }

    /// <summary>Number of the attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>The trial's parameters, as the sweep gave them.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>What the trial trains on.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>Epochs trained whole.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer steps taken. Random numbers are a function of seed and step, so this is also their position.</summary>
    public required long Step { get; init; }

    /// <summary>Data position: batches of the current epoch (the one after <see cref="Epoch"/>) already trained.</summary>
    public required int BatchInEpoch { get; init; }

    /// <summary>Sums of the current epoch's losses so far, by network, so that its mean comes out as without an interruption.</summary>
    public IReadOnlyList<double> LossSums { get; init; } = [];

    /// <summary>Dimensions of one input of the dataset.</summary>
    public IReadOnlyList<long> InputShape { get; init; } = [];

    /// <summary>Classes of the dataset's labels; 0 where labels are no classes.</summary>
    public int Classes { get; init; }

    /// <summary>The characters that token numbers stand for, in their order; null where the model is of no text.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Samples of a second; null where the model is of no sound.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Seed of the trial.</summary>
    public required long Seed { get; init; }

    /// <summary>Metrics of the last evaluation; empty before the first one.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Metrics of the trial's evaluations, in their order: of the last thousand, if there were more.</summary>
    public IReadOnlyList<EpochMetrics> History { get; init; } = [];

    /// <summary>When the snapshot was taken.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The other files of the checkpoint.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<ManifestFile> Files { get; init; } = [];
}
