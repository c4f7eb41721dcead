using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>
/// A Gaussian process with a Matern 5/2 kernel that has one length for each axis (ARD), over axes that may be bent (<see cref="Warp"/>); on an
/// unordered axis two choices are at distance 0 or 1. Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006, chapters 2 and 5.
/// </summary>
internal sealed class GaussianProcess
{
    private readonly GpData _data;
    private readonly GpParameters _parameters;
    private readonly double[][] _bent;
    private readonly GpPoints _points;
    private readonly double[] _weights;
    private readonly double[] _row;

    public GaussianProcess(GpData data, GpParameters parameters)
    {
        (_data, _parameters) = (data, parameters);
        _bent = [.. data.Points.Select(Bent)];
        _points = new GpPoints(data.Axes, _bent);
        _row = new double[GpPoints.Padded(_points.Count)];
        Lower = Cholesky.Factor(Covariance());
        Whitened = (double[])data.Values.Clone();
        Cholesky.ForwardSolve(Lower, Whitened);
        _weights = Cholesky.Solve(Lower, data.Values);
        LogLikelihood = -0.5 * Cholesky.Dot(Whitened, Whitened, Whitened.Length) - Lower.Select((row, i) => Math.Log(row[i])).Sum() - 0.5 * Whitened.Length * Math.Log(2 * Math.PI);
    }

    /// <summary>How many observations.</summary>
    public int Count => _points.Count;

    /// <summary>The logarithm of the probability of the values.</summary>
    public double LogLikelihood { get; }

    /// <summary>The factor L of the covariance of the observations.</summary>
    public double[][] Lower { get; }

    /// <summary>L⁻¹ times the values.</summary>
    public double[] Whitened { get; }

    /// <summary>What it was told.</summary>
    public GpParameters Parameters => _parameters;

    /// <summary>Mean and variance, without the noise, of the function at a point.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> point)
    {
        var k = new double[Count];
        Covariances(point, k);
        var mean = Cholesky.Dot(k, _weights, Count);
        Cholesky.ForwardSolve(Lower, k);
        return (mean, Math.Max(1e-12, _parameters.Variance - Cholesky.Dot(k, k, Count)));
    }

    /// <summary>The covariances of the function at a point with the observations.</summary>
    /// <param name="point">The point.</param>
    /// <param name="covariances">One for each observation; what is behind them stays as it is.</param>
    public void Covariances(ReadOnlySpan<double> point, Span<double> covariances)
    {
        _points.Squared(Bent(point), _parameters.InverseSquaredLengths, _row);
        Matern.Covariances(_row, _parameters.Variance);
        _row.AsSpan(0, Count).CopyTo(covariances);
    }

    /// <summary>The gradient of the log likelihood by the logarithms of the parameters, in the order of <see cref="GpParameters.FromLogarithms"/>.</summary>
    /// <param name="bending">Whether those that bend the axes are wanted; without, they are 0.</param>
    public double[] Gradient(bool bending)
    {
        var axes = _data.Axes.Length;
        var gradient = new double[3 * axes + 2];
        var inverse = Cholesky.Inverse(Lower);
        var (rises, falls) = bending ? (Derivatives(Warp.ByRise), Derivatives(Warp.ByFall)) : ([], []);
        for (var i = 0; i < Count; i++)
        {
            var length = GpPoints.Padded(i);
            var row = _row.AsSpan(0, length);
            Span<double> factors = new double[length];
            // Off the diagonal each pair counts twice, which cancels the half.
            for (var j = 0; j < i; j++) factors[j] = _weights[i] * _weights[j] - inverse[i][j];
            _points.Squared(_bent[i], _parameters.InverseSquaredLengths, row);
            Matern.Covariances(row, _parameters.Variance);
            gradient[^2] += Cholesky.Dot(row, factors);
            _points.Squared(_bent[i], _parameters.InverseSquaredLengths, row);
            Matern.Slopes(row, _parameters.Variance);
            for (var j = 0; j < length; j++) factors[j] *= row[j];
            for (var axis = 0; axis < axes; axis++)
            {
                gradient[axis] += _parameters.InverseSquaredLengths[axis] * _points.Sum(axis, _bent[i][axis], factors);
                if (!bending || !Warp.Bends(_data.Axes[axis]) || double.IsNaN(_bent[i][axis])) continue;
                gradient[axes + axis] += Bending(axis, i, rises[axis], factors);
                gradient[2 * axes + axis] += Bending(axis, i, falls[axis], factors);
            }
            var own = 0.5 * (_weights[i] * _weights[i] - inverse[i][i]);
            gradient[^2] += own * _parameters.Variance;
            gradient[^1] += own * _parameters.Noise;
        }
        return gradient;
    }

    /// <summary>How the likelihood changes as an axis is bent, by the pairs of one point with those before it.</summary>
    private double Bending(int axis, int point, double[] derivatives, ReadOnlySpan<double> factors)
    {
        var column = _points[axis];
        var sum = 0.0;
        for (var j = 0; j < point; j++)
        {
            var change = factors[j] * (_bent[point][axis] - column[j]) * (derivatives[point] - derivatives[j]);
            if (!double.IsNaN(change)) sum += change;
        }
        return 2 * _parameters.InverseSquaredLengths[axis] * sum;
    }

    private double[][] Derivatives(Func<double, double, double, double> derivative) =>
    [
        .. _data.Axes.Select((axis, i) => Warp.Bends(axis) ? _data.Points.Select(p => derivative(p[i], _parameters.Rise[i], _parameters.Fall[i])).ToArray() : []),
    ];

    private double[][] Covariance()
    {
        var matrix = new double[Count][];
        for (var i = 0; i < matrix.Length; i++)
        {
            var row = _row.AsSpan(0, GpPoints.Padded(i));
            _points.Squared(_bent[i], _parameters.InverseSquaredLengths, row);
            Matern.Covariances(row, _parameters.Variance);
            matrix[i] = [.. row[..i], _parameters.Variance + _parameters.Noise + _data.Noise[i]];
        }
        return matrix;
    }

    private double[] Bent(ReadOnlySpan<double> point) => Warp.Of(_data.Axes, point, _parameters);

    private double[] Bent(double[] point) => Bent(point.AsSpan());
}
