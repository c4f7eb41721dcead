namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>Values in an order: a Gaussian over their places.</summary>
/// <param name="width">Its standard deviation in coordinates.</param>
internal sealed class StepShape(double width) : IListShape
{
    // No value is out of reach.
    private const double Least = 1e-6;

    public void Fill(Span<double> row, int centre, ReadOnlySpan<double> coordinates, ReadOnlySpan<double> prior)
    {
        // Narrower than half a step, a kernel would never leave its value.
        var deviation = Math.Max(width, 0.5 / row.Length);
        var sum = 0.0;
        for (var value = 0; value < row.Length; value++)
        {
            var distance = (coordinates[value] - coordinates[centre]) / deviation;
            sum += row[value] = prior[value] * (Math.Exp(-0.5 * distance * distance) + Least);
        }
        for (var value = 0; value < row.Length; value++) row[value] /= sum;
    }
}
