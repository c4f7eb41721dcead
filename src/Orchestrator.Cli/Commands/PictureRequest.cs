namespace Orchestrator.Cli.Commands;

/// <summary>Pictures to draw from a model.</summary>
/// <param name="Checkpoint">The model's folder.</param>
/// <param name="Samples">The PNG file for what the model makes up.</param>
internal sealed record PictureRequest(string Checkpoint, string Samples)
{
    /// <summary>The PNG file for data beside their reconstructions, or null.</summary>
    public string? Reconstructions { get; init; }

    /// <summary>How many samples.</summary>
    public int Count { get; init; } = 64;

    /// <summary>The seed of the samples.</summary>
    public long Seed { get; init; }
}
