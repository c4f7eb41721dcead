namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>Values without an order: mostly the same, else any.</summary>
/// <param name="change">The probability of any.</param>
internal sealed class ChoiceShape(double change) : IListShape
{
    public void Fill(Span<double> row, int centre, ReadOnlySpan<double> coordinates, ReadOnlySpan<double> prior)
    {
        for (var value = 0; value < row.Length; value++) row[value] = change * prior[value] + (value == centre ? 1 - change : 0);
    }
}
