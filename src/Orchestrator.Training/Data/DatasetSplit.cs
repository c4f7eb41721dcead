namespace Orchestrator.Training.Data;

/// <summary>What to train on and what to judge by.</summary>
/// <param name="Training">The training set.</param>
/// <param name="Validation">The validation set; no row of it is in the training set.</param>
/// <param name="Classes">Number of classes that labels name; 0 where labels are no classes.</param>
public sealed record DatasetSplit(IDataset Training, IDataset Validation, int Classes);
