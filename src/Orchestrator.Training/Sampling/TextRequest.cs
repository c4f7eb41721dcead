namespace Orchestrator.Training.Sampling;

/// <summary>What to write with a language model.</summary>
public sealed record TextRequest
{
    /// <summary>How each text begins; empty: with a new line, or the first character that the model knows.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>How many texts, at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Characters to write after the prompt, at least 1.</summary>
    public int Length { get; init; } = 500;

    /// <summary>How each character is chosen.</summary>
    public TokenChoice Choice { get; init; } = new();

    /// <summary>Equal seeds give equal texts.</summary>
    public long Seed { get; init; }
}
