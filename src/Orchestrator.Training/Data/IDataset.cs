namespace Orchestrator.Training.Data;

/// <summary>Samples in a fixed order, addressed by row. Implementations are immutable and safe for concurrent use.</summary>
public interface IDataset
{
    /// <summary>Number of rows.</summary>
    int Count { get; }

    /// <summary>What one row's input looks like.</summary>
    RowLayout Inputs { get; }

    /// <summary>What one row's label looks like.</summary>
    RowLayout Labels { get; }

    /// <summary>Writes rows one after the other, in their tensor form.</summary>
    /// <param name="rows">Indices of rows, each from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="inputs">Receives the inputs: <see cref="RowLayout.Bytes"/> of each row.</param>
    /// <param name="labels">Receives the labels: <see cref="RowLayout.Bytes"/> of each row.</param>
    void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels);
}
