using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>
/// A Gaussian process that has also seen what trials that still run may give: several draws of their results together from the process itself. Snoek,
/// Larochelle, Adams: Practical Bayesian Optimization of Machine Learning Algorithms, NIPS 2012, section 3.2.
/// </summary>
internal sealed class Fantasies
{
    private readonly GaussianProcess _process;
    private readonly GaussianProcess _running;
    private readonly double[][] _lower;
    private readonly double[][] _drawn;
    private readonly double[] _solved;

    /// <param name="process">The process of the finished trials.</param>
    /// <param name="data">What it learned from.</param>
    /// <param name="running">The points of the running trials.</param>
    /// <param name="draws">How many draws; one is enough where nothing runs.</param>
    /// <param name="random">Draws.</param>
    public Fantasies(GaussianProcess process, GpData data, double[][] running, int draws, ref SplitMix64 random)
    {
        _process = process;
        _running = new GaussianProcess(data with { Points = running, Values = new double[running.Length], Noise = new double[running.Length] }, process.Parameters);
        _lower = Extended(running);
        _solved = new double[_lower.Length];
        _drawn = new double[running.Length == 0 ? 1 : draws][];
        for (var draw = 0; draw < _drawn.Length; draw++) _drawn[draw] = Draw(running.Length, draw, ref random);
    }

    /// <summary>How many draws.</summary>
    public int Draws => _drawn.Length;

    /// <summary>The variance of the function at a point, and its mean for each draw.</summary>
    public double Predict(ReadOnlySpan<double> point, Span<double> means)
    {
        _process.Covariances(point, _solved);
        _running.Covariances(point, _solved.AsSpan(_process.Count));
        Cholesky.ForwardSolve(_lower, _solved);
        var finished = Cholesky.Dot(_solved, _process.Whitened, _process.Count);
        var rest = _solved.AsSpan(_process.Count);
        for (var draw = 0; draw < _drawn.Length; draw++) means[draw] = finished + Cholesky.Dot(rest, _drawn[draw]);
        return Math.Max(1e-12, _process.Parameters.Variance - Cholesky.Dot(_solved, _solved, _solved.Length));
    }

    /// <summary>The factor of the covariance of all, from that of the finished trials.</summary>
    private double[][] Extended(double[][] running)
    {
        var rows = new double[running.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new double[_process.Count + i + 1];
            _process.Covariances(running[i], rows[i]);
            var others = new double[_running.Count];
            _running.Covariances(running[i], others);
            others.AsSpan(0, i + 1).CopyTo(rows[i].AsSpan(_process.Count));
            rows[i][^1] += _process.Parameters.Noise;
        }
        return Cholesky.Extend(_process.Lower, rows);
    }

    /// <summary>The whitened values of the running trials: normal draws, every other one the mirror image of the one before.</summary>
    private double[] Draw(int count, int draw, ref SplitMix64 random)
    {
        if (draw % 2 == 1) return [.. _drawn[draw - 1].Select(z => -z)];
        var drawn = new double[count];
        for (var i = 0; i < count; i++) drawn[i] = random.NextNormal();
        return drawn;
    }
}
