namespace Orchestrator.Cli.Commands;

/// <summary>Samples to make with a model.</summary>
/// <param name="Checkpoint">The model's folder.</param>
/// <param name="Samples">The file for what the model makes up; without an extension, it gets that of what the model makes.</param>
internal sealed record PictureRequest(string Checkpoint, string Samples)
{
    /// <summary>The PNG file for data beside their reconstructions, or null.</summary>
    public string? Reconstructions { get; init; }

    /// <summary>The folder for curves of the metrics and walks through the latent space, or null.</summary>
    public string? Explanations { get; init; }

    /// <summary>How many samples; null: as many as suit the model.</summary>
    public int? Count { get; init; }

    /// <summary>The seed of the samples.</summary>
    public long Seed { get; init; }

    /// <summary>Further words for the worker's command, such as a prompt.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];
}
