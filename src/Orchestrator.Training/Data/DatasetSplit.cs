namespace Orchestrator.Training.Data;

/// <summary>What to train on and what to judge by.</summary>
/// <param name="Training">The training set.</param>
/// <param name="Validation">The validation set; no row of it is in the training set.</param>
/// <param name="Classes">Number of classes that labels name; 0 where labels are no classes.</param>
public sealed record DatasetSplit(IDataset Training, IDataset Validation, int Classes)
{
    /// <summary>
    /// Rows of an epoch, drawn at random with replacement: for a set whose rows overlap, such as all windows of a text, so that going through
    /// all of it would be no measure of anything.
    /// </summary>
    /// <value>The default, null, is each row once.</value>
    public int? EpochRows { get; init; }

    /// <summary>The characters that token numbers stand for, in their order; empty where rows are no text.</summary>
    public string Vocabulary { get; init; } = "";

    /// <summary>Samples of a second; 0 where rows are no sound.</summary>
    public int SampleRate { get; init; }
}
