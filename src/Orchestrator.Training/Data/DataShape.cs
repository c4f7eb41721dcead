namespace Orchestrator.Training.Data;

/// <summary>What a model must know of its data.</summary>
/// <param name="Input">Dimensions of one input.</param>
/// <param name="Classes">Number of classes that labels name; 0 where labels are no classes.</param>
public sealed record DataShape(IReadOnlyList<long> Input, int Classes)
{
    /// <summary>The characters that token numbers stand for, in their order; empty where rows are no text.</summary>
    public string Vocabulary { get; init; } = "";

    /// <summary>Samples of a second; 0 where rows are no sound.</summary>
    public int SampleRate { get; init; }

    /// <summary>Elements of one input.</summary>
    public long InputElements => Input.Aggregate(1L, (product, size) => product * size);
}
