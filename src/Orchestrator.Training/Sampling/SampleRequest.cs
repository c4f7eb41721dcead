namespace Orchestrator.Training.Sampling;

/// <summary>What to make with a checkpoint's model.</summary>
public sealed record SampleRequest
{
    /// <summary>How many samples, 1 to <see cref="SampleWriter.MaximumCount"/>; null: as many as suit the model.</summary>
    public int? Count { get; init; }

    /// <summary>Equal seeds give equal samples.</summary>
    public long Seed { get; init; }

    /// <summary>What samples begin with or show, of models that take a prompt.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>Characters or samples of each, of models of text and sound; null: 500 characters, or a second.</summary>
    public int? Length { get; init; }

    /// <summary>How characters or samples are chosen, of models that make one after the other.</summary>
    public TokenChoice Choice { get; init; } = new();
}
