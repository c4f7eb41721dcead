using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// Finds out whether a rung tells anything about the next one, before any trial is stopped there: after one epoch a network may be as good as
/// untrained, and the order of the trials then means nothing.
/// </summary>
internal sealed class Probation(MetricSpec metric)
{
    private const int Needed = 8;
    private const double LeastConcordance = 0.3;

    private readonly List<(double Here, double Next)> _pairs = [];

    /// <summary>Whether the rung may be trusted; null while too few trials have come to the next one.</summary>
    public bool? Verdict { get; private set; }

    /// <summary>A trial that was not stopped here has reached the next rung.</summary>
    public void Add(double here, double next)
    {
        if (Verdict is not null) return;
        _pairs.Add((here, next));
        if (_pairs.Count >= Needed) Verdict = Concordance() >= LeastConcordance;
    }

    /// <summary>Kendall's tau: the share of pairs of trials in the same order at both rungs, less the share of those in opposite order.</summary>
    private double Concordance()
    {
        var sum = 0;
        for (var i = 0; i < _pairs.Count; i++)
            for (var j = 0; j < i; j++) sum += Order(_pairs[i].Here, _pairs[j].Here) * Order(_pairs[i].Next, _pairs[j].Next);
        return sum / (0.5 * _pairs.Count * (_pairs.Count - 1));
    }

    private int Order(double left, double right) => metric.IsBetter(left, right) ? 1 : metric.IsBetter(right, left) ? -1 : 0;
}
