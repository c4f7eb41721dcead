namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>How likely the values of a list are around one of them.</summary>
internal interface IListShape
{
    /// <summary>Fills in the probabilities; they sum to 1, and none is 0.</summary>
    /// <param name="row">Takes them.</param>
    /// <param name="centre">The value that the kernel is at.</param>
    /// <param name="coordinates">The coordinates of the values.</param>
    /// <param name="prior">How likely each value is without knowing anything.</param>
    void Fill(Span<double> row, int centre, ReadOnlySpan<double> coordinates, ReadOnlySpan<double> prior);
}
