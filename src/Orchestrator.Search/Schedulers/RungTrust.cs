using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// How far a rung's order may be trusted: how alike the newest trials that went on are ordered there and at the next rung. Among trials that a search has
/// already chosen well, an early epoch may tell nothing though it told good from bad ones at first.
/// </summary>
internal sealed class RungTrust(MetricSpec metric)
{
    private const int Newest = 24;
    private const int Needed = 8;
    // Until shown otherwise a rung is trusted: this counts like so many trials in the same order.
    private const double Prior = 8;
    // Each new value moves trials of the rung between those that go on and the rest: many, where it has many. So it is looked at anew when this part has been added.
    private const int Part = 128;

    private readonly Queue<(double Here, double Next)> _pairs = [];
    private long _seen;
    private long _lookAt = Needed;

    /// <summary>From 0, where the order means nothing, to 1.</summary>
    public double Value { get; private set; } = 1;

    /// <summary>A trial that was not stopped here has reached the next rung.</summary>
    public void Add(double here, double next)
    {
        _pairs.Enqueue((here, next));
        if (_pairs.Count > Newest) _pairs.Dequeue();
        if (++_seen < _lookAt) return;
        _lookAt = _seen + 1 + _seen / Part;
        Value = (_pairs.Count * Math.Max(0, Concordance.Of([.. _pairs], metric)) + Prior) / (_pairs.Count + Prior);
    }
}
