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

    /// <summary>Characters to write, of models of text.</summary>
    public int Length { get; init; } = 500;

    /// <summary>How characters are chosen, of models of text.</summary>
    public TokenChoice Choice { get; init; } = new();
}
