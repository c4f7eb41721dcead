namespace Orchestrator.Training.Sampling;

/// <summary>Sounds to make.</summary>
public sealed record SoundRequest
{
    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>Samples of each, of models whose sounds may have any length; null: a second.</summary>
    public int? Length { get; init; }

    /// <summary>How the next sample is chosen, of models that make one after the other.</summary>
    public TokenChoice Choice { get; init; } = new();

    /// <summary>Equal seeds give equal sounds.</summary>
    public long Seed { get; init; }
}
