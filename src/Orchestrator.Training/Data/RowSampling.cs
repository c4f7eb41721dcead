namespace Orchestrator.Training.Data;

/// <summary>How the rows of an epoch's batches are chosen.</summary>
internal enum RowSampling
{
    /// <summary>Each row once, in a random order.</summary>
    Shuffled,

    /// <summary>Each place of a batch is any row, whatever the others are.</summary>
    WithReplacement,

    /// <summary>
    /// Each row is in each batch with the same probability, whatever the others are, so that the size of batches varies. What is known of the
    /// privacy of noisy steps is known of this.
    /// </summary>
    Poisson,
}
