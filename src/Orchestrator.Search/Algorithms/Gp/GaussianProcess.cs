using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>
/// A Gaussian process with a Matern 5/2 kernel that has one length for each axis (ARD); on an unordered axis two choices are at distance 0 or 1.
/// Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006, chapters 2 and 5. Values are taken to have mean 0 and variance near 1.
/// </summary>
internal sealed class GaussianProcess
{
    private static readonly double Root5 = Math.Sqrt(5);

    private readonly Axis[] _axes;
    private readonly double[][] _points;
    private readonly GpParameters _parameters;
    private readonly double[][] _lower;
    private readonly double[] _weights;

    public GaussianProcess(Axis[] axes, double[][] points, double[] values, GpParameters parameters)
    {
        _axes = axes;
        _points = points;
        _parameters = parameters;
        _lower = Cholesky.Factor(Covariance(axes, points, parameters));
        _weights = Cholesky.Solve(_lower, values);
        LogLikelihood = -0.5 * Dot(values, _weights) - _lower.Select((row, i) => Math.Log(row[i])).Sum() - 0.5 * values.Length * Math.Log(2 * Math.PI);
    }

    /// <summary>The logarithm of the probability of the values.</summary>
    public double LogLikelihood { get; }

    /// <summary>Mean and variance, without the noise, of the function at a point.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> point)
    {
        var k = new double[_points.Length];
        for (var i = 0; i < k.Length; i++) k[i] = Kernel(SquaredDistance(_axes, point, _points[i], _parameters), _parameters.Variance);
        var mean = Dot(k, _weights);
        Cholesky.ForwardSolve(_lower, k);
        return (mean, Math.Max(1e-12, _parameters.Variance - Dot(k, k)));
    }

    /// <summary>The mean alone, which costs far less.</summary>
    public double Mean(ReadOnlySpan<double> point)
    {
        var mean = 0.0;
        for (var i = 0; i < _points.Length; i++) mean += _weights[i] * Kernel(SquaredDistance(_axes, point, _points[i], _parameters), _parameters.Variance);
        return mean;
    }

    /// <summary>The gradient of the log likelihood by the logarithms of the parameters: the axes' inverse squared lengths, variance, noise.</summary>
    public double[] Gradient()
    {
        var n = _points.Length;
        var inverse = Cholesky.Inverse(_lower);
        var gradient = new double[_axes.Length + 2];
        Span<double> parts = stackalloc double[_axes.Length];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                // Off the diagonal each pair counts twice, which cancels the half.
                var factor = _weights[i] * _weights[j] - inverse[i][j];
                var squared = 0.0;
                for (var axis = 0; axis < parts.Length; axis++) squared += parts[axis] = Part(_axes, axis, _points[i], _points[j]) * _parameters.InverseSquaredLengths[axis];
                var distance = Math.Sqrt(squared);
                var exponential = Math.Exp(-Root5 * distance) * _parameters.Variance;
                var slope = factor * -5.0 / 6 * (1 + Root5 * distance) * exponential;
                for (var axis = 0; axis < parts.Length; axis++) gradient[axis] += slope * parts[axis];
                gradient[^2] += factor * (1 + Root5 * distance + 5.0 / 3 * squared) * exponential;
            }
            var own = 0.5 * (_weights[i] * _weights[i] - inverse[i][i]);
            gradient[^2] += own * _parameters.Variance;
            gradient[^1] += own * _parameters.Noise;
        }
        return gradient;
    }

    private static double[][] Covariance(Axis[] axes, double[][] points, GpParameters parameters)
    {
        var matrix = new double[points.Length][];
        for (var i = 0; i < points.Length; i++)
        {
            var row = matrix[i] = new double[i + 1];
            for (var j = 0; j < i; j++) row[j] = Kernel(SquaredDistance(axes, points[i], points[j], parameters), parameters.Variance);
            row[i] = parameters.Variance + parameters.Noise;
        }
        return matrix;
    }

    private static double SquaredDistance(Axis[] axes, ReadOnlySpan<double> left, ReadOnlySpan<double> right, GpParameters parameters)
    {
        var squared = 0.0;
        for (var axis = 0; axis < left.Length; axis++) squared += Part(axes, axis, left, right) * parameters.InverseSquaredLengths[axis];
        return squared;
    }

    private static double Part(Axis[] axes, int axis, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var difference = left[axis] - right[axis];
        // An axis that one point has and the other has not sets them apart like another choice.
        if (double.IsNaN(difference)) return double.IsNaN(left[axis]) && double.IsNaN(right[axis]) ? 0 : 1;
        return axes[axis].IsOrdered ? difference * difference : difference == 0 ? 0 : 1;
    }

    private static double Kernel(double squared, double variance)
    {
        var distance = Math.Sqrt(squared);
        return variance * (1 + Root5 * distance + 5.0 / 3 * squared) * Math.Exp(-Root5 * distance);
    }

    private static double Dot(double[] left, double[] right) => Cholesky.Dot(left, right, left.Length);
}
