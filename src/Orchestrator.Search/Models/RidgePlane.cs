namespace Orchestrator.Search.Models;

/// <summary>
/// A plane through observations in a few dimensions, drawn towards slopes that are expected: the fewer the observations, the more.
/// Ridge regression: Hoerl, Kennard: Ridge Regression: Biased Estimation for Nonorthogonal Problems, Technometrics 1970.
/// </summary>
internal sealed class RidgePlane
{
    // Something, even where all observations lie at the same place.
    private const double LeastRidge = 1e-12;

    private readonly double[] _centre;
    private readonly double _mean;
    private readonly double[][] _lower;
    private readonly double _count;

    /// <param name="places">Where the observations were made, at least one.</param>
    /// <param name="values">What was observed there.</param>
    /// <param name="expected">For each dimension the slope that is expected, and how many observations that expectation is worth.</param>
    public RidgePlane(double[][] places, double[] values, ReadOnlySpan<(double Slope, double Weight)> expected)
    {
        (_count, _mean) = (places.Length, values.Average());
        _centre = Centre(places, expected.Length);
        var products = Products(places);
        var righthand = new double[expected.Length];
        for (var i = 0; i < places.Length; i++)
            for (var axis = 0; axis < righthand.Length; axis++) righthand[axis] += (places[i][axis] - _centre[axis]) * (values[i] - _mean);
        for (var axis = 0; axis < righthand.Length; axis++)
        {
            var ridge = Math.Max(expected[axis].Weight * products[axis][axis] / _count, LeastRidge);
            products[axis][axis] += ridge;
            righthand[axis] += ridge * expected[axis].Slope;
        }
        _lower = Cholesky.Factor(products);
        Slopes = Cholesky.Solve(_lower, righthand);
        for (var i = 0; i < places.Length; i++) Residue += Math.Pow(values[i] - At(places[i]), 2);
    }

    /// <summary>How fast it rises in each dimension.</summary>
    public double[] Slopes { get; }

    /// <summary>The sum of the squares of what the observations differ from it by.</summary>
    public double Residue { get; }

    /// <summary>Its height at a place.</summary>
    public double At(ReadOnlySpan<double> place)
    {
        var value = _mean;
        for (var axis = 0; axis < Slopes.Length; axis++) value += Slopes[axis] * (place[axis] - _centre[axis]);
        return value;
    }

    /// <summary>How uncertain its height at a place is, in variances of an observation: more, the farther away from where observations were made.</summary>
    public double Uncertainty(ReadOnlySpan<double> place)
    {
        var off = new double[Slopes.Length];
        for (var axis = 0; axis < off.Length; axis++) off[axis] = place[axis] - _centre[axis];
        Cholesky.ForwardSolve(_lower, off);
        return 1 / (_count + 1) + Cholesky.Dot(off, off);
    }

    private static double[] Centre(double[][] places, int axes)
    {
        var centre = new double[axes];
        foreach (var place in places)
            for (var axis = 0; axis < axes; axis++) centre[axis] += place[axis] / places.Length;
        return centre;
    }

    /// <summary>The lower half of the products of all pairs of dimensions, by rows.</summary>
    private double[][] Products(double[][] places)
    {
        double[][] products = [.. _centre.Select((_, axis) => new double[axis + 1])];
        foreach (var place in places)
            for (var axis = 0; axis < _centre.Length; axis++)
                for (var other = 0; other <= axis; other++) products[axis][other] += (place[axis] - _centre[axis]) * (place[other] - _centre[other]);
        return products;
    }
}
