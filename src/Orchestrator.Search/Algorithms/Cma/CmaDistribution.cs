using Orchestrator.Domain.Randomness;

namespace Orchestrator.Search.Algorithms.Cma;

/// <summary>
/// The normal distribution of CMA-ES and how it learns from one generation. Hansen: The CMA Evolution Strategy: A Tutorial, arXiv 1604.00772
/// (m: <c>Mean</c>, sigma: <c>Step</c>, C: the covariance, p_sigma and p_c: the paths).
/// </summary>
internal sealed class CmaDistribution
{
    private readonly int _n;
    private readonly double[] _weights;
    private readonly double _effective;
    private readonly double _stepRate;
    private readonly double _stepDamping;
    private readonly double _pathRate;
    private readonly double _rankOne;
    private readonly double _rankMany;
    private readonly double _expectedNorm;
    private readonly double[] _stepPath;
    private readonly double[] _path;
    private readonly double[,] _covariance;
    private double[] _scales;
    private double[,] _basis;
    private int _generations;

    /// <param name="mean">Where it begins.</param>
    /// <param name="step">Its first standard deviation.</param>
    /// <param name="population">The size of a generation (lambda).</param>
    public CmaDistribution(double[] mean, double step, int population)
    {
        _n = mean.Length;
        Mean = mean;
        Step = step;
        _weights = [.. Enumerable.Range(1, population / 2).Select(i => Math.Log(0.5 * (population + 1)) - Math.Log(i))];
        var sum = _weights.Sum();
        for (var i = 0; i < _weights.Length; i++) _weights[i] /= sum;
        _effective = 1 / _weights.Sum(w => w * w);
        _stepRate = (_effective + 2) / (_n + _effective + 5);
        _stepDamping = 1 + 2 * Math.Max(0, Math.Sqrt((_effective - 1) / (_n + 1)) - 1) + _stepRate;
        _pathRate = (4 + _effective / _n) / (_n + 4 + 2 * _effective / _n);
        _rankOne = 2 / ((_n + 1.3) * (_n + 1.3) + _effective);
        _rankMany = Math.Min(1 - _rankOne, 2 * (_effective - 2 + 1 / _effective) / ((_n + 2.0) * (_n + 2) + _effective));
        _expectedNorm = Math.Sqrt(_n) * (1 - 1 / (4.0 * _n) + 1 / (21.0 * _n * _n));
        _stepPath = new double[_n];
        _path = new double[_n];
        _covariance = new double[_n, _n];
        for (var i = 0; i < _n; i++) _covariance[i, i] = 1;
        _scales = [.. Enumerable.Repeat(1.0, _n)];
        _basis = (double[,])_covariance.Clone();
    }

    /// <summary>The centre.</summary>
    public double[] Mean { get; private set; }

    /// <summary>The overall standard deviation.</summary>
    public double Step { get; private set; }

    /// <summary>The standard deviation along one axis.</summary>
    public double Deviation(int axis) => Step * Math.Sqrt(_covariance[axis, axis]);

    /// <summary>Whether it has become too narrow, or too lopsided, to find anything more.</summary>
    public bool IsSpent(double narrowest)
    {
        var widest = 0.0;
        for (var i = 0; i < _n; i++) widest = Math.Max(widest, Deviation(i));
        return widest < narrowest || _scales.Max() > 1e7 * _scales.Min();
    }

    /// <summary>A draw; it may lie outside of the unit cube.</summary>
    public double[] Sample(ref SplitMix64 random)
    {
        var z = new double[_n];
        for (var i = 0; i < _n; i++) z[i] = _scales[i] * random.NextNormal();
        var x = new double[_n];
        for (var i = 0; i < _n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < _n; j++) sum += _basis[i, j] * z[j];
            x[i] = Mean[i] + Step * sum;
        }
        return x;
    }

    /// <summary>Learns from a generation.</summary>
    /// <param name="best">Its points, the best first; the better half counts.</param>
    public void Learn(IReadOnlyList<double[]> best)
    {
        _generations++;
        var moves = best.Take(_weights.Length).Select(x => x.Select((v, i) => (v - Mean[i]) / Step).ToArray()).ToArray();
        var move = new double[_n];
        for (var k = 0; k < moves.Length; k++)
            for (var i = 0; i < _n; i++) move[i] += _weights[k] * moves[k][i];
        Mean = [.. Mean.Select((m, i) => m + Step * move[i])];
        var norm = AdvanceStepPath(move);
        var expected = norm / Math.Sqrt(1 - Math.Pow(1 - _stepRate, 2 * _generations)) < (1.4 + 2.0 / (_n + 1)) * _expectedNorm;
        for (var i = 0; i < _n; i++) _path[i] = (1 - _pathRate) * _path[i] + (expected ? Math.Sqrt(_pathRate * (2 - _pathRate) * _effective) * move[i] : 0);
        AdvanceCovariance(moves, expected);
        Step *= Math.Exp(Math.Clamp(_stepRate / _stepDamping * (norm / _expectedNorm - 1), -1, 1));
        Decompose();
    }

    private double AdvanceStepPath(double[] move)
    {
        // C^(-1/2) move, by the basis of the eigenvectors.
        var turned = new double[_n];
        for (var j = 0; j < _n; j++)
        {
            for (var i = 0; i < _n; i++) turned[j] += _basis[i, j] * move[i];
            turned[j] /= _scales[j];
        }
        var sum = 0.0;
        for (var i = 0; i < _n; i++)
        {
            var whitened = 0.0;
            for (var j = 0; j < _n; j++) whitened += _basis[i, j] * turned[j];
            _stepPath[i] = (1 - _stepRate) * _stepPath[i] + Math.Sqrt(_stepRate * (2 - _stepRate) * _effective) * whitened;
            sum += _stepPath[i] * _stepPath[i];
        }
        return Math.Sqrt(sum);
    }

    private void AdvanceCovariance(double[][] moves, bool expected)
    {
        var kept = 1 - _rankOne - _rankMany + (expected ? 0 : _rankOne * _pathRate * (2 - _pathRate));
        for (var i = 0; i < _n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var many = 0.0;
                for (var k = 0; k < moves.Length; k++) many += _weights[k] * moves[k][i] * moves[k][j];
                _covariance[i, j] = _covariance[j, i] = kept * _covariance[i, j] + _rankOne * _path[i] * _path[j] + _rankMany * many;
            }
        }
    }

    private void Decompose()
    {
        (var values, _basis) = SymmetricEigen.Of(_covariance);
        _scales = [.. values.Select(v => Math.Sqrt(Math.Max(v, 1e-20)))];
    }
}
