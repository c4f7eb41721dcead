using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// The metrics seen at one rung, kept as two heaps: the top <c>1/eta</c>, or more where the rung is not trusted, and the rest. An insert is O(log n), the question whether a metric
/// would be in the top O(1).
/// </summary>
internal sealed class Rung
{
    private readonly MetricSpec _metric;
    private readonly double _reductionFactor;
    private readonly PriorityQueue<double, double> _top;
    private readonly PriorityQueue<double, double> _rest;

    public Rung(int resource, MetricSpec metric, double reductionFactor)
    {
        Resource = resource;
        _metric = metric;
        _reductionFactor = reductionFactor;
        Trust = new RungTrust(metric);
        var bestFirst = Comparer<double>.Create((left, right) => metric.IsBetter(left, right) ? -1 : metric.IsBetter(right, left) ? 1 : 0);
        _rest = new(bestFirst);
        _top = new(Comparer<double>.Create((left, right) => bestFirst.Compare(right, left)));
    }

    /// <summary>How far its order may be trusted: the share that goes on is <c>1/eta</c> to this power.</summary>
    public RungTrust Trust { get; }

    /// <summary>Where the rung is, in epochs.</summary>
    public int Resource { get; }

    /// <summary>How many metrics it has seen.</summary>
    public int Count => _top.Count + _rest.Count;

    /// <summary>Whether a metric, once added, is in the top share. The first ones are, until there are eta: nothing is known to be poor yet.</summary>
    public bool WouldKeep(double metric)
    {
        var keep = Kept(Count + 1);
        if (keep == 0 || keep > Count) return true;
        var rival = keep > _top.Count ? _rest.Peek() : _top.Peek();
        return !_metric.IsBetter(rival, metric);
    }

    /// <summary>Adds a metric.</summary>
    public void Add(double metric)
    {
        var keep = Kept(Count + 1);
        if (_top.Count > 0)
        {
            var displaced = _top.EnqueueDequeue(metric, metric);
            _rest.Enqueue(displaced, displaced);
        }
        else
        {
            _rest.Enqueue(metric, metric);
        }
        while (_top.Count > keep)
        {
            var demoted = _top.Dequeue();
            _rest.Enqueue(demoted, demoted);
        }
        while (_top.Count < keep)
        {
            var promoted = _rest.Dequeue();
            _top.Enqueue(promoted, promoted);
        }
    }

    private int Kept(int count) => (int)(count / Math.Pow(_reductionFactor, Trust.Value));
}
