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
        if (_pairs.Count >= Needed) Verdict = Concordance.Of(_pairs, metric) >= LeastConcordance;
    }
}
