namespace Orchestrator.Search.Fidelity;

/// <summary>What a trial has shown so far: its best value at each milestone, turned so that less is better.</summary>
internal sealed class PartialCurve
{
    private readonly List<double> _best;
    private double _newest = double.PositiveInfinity;

    /// <summary>A curve of nothing yet.</summary>
    public PartialCurve() => _best = [];

    /// <summary>A copy that goes its own way.</summary>
    public PartialCurve(PartialCurve other) => (_best, _newest) = ([.. other._best], other._newest);

    /// <summary>How many milestones it has reached.</summary>
    public int Count => _best.Count;

    /// <summary>Its best value at a milestone.</summary>
    public double this[int milestone] => _best[milestone];

    /// <summary>Its best value so far.</summary>
    public double Newest => _newest;

    /// <summary>Takes a report. A report that skips milestones stands for them.</summary>
    public void Add(int epoch, double value)
    {
        if (!double.IsNaN(value)) _newest = Math.Min(_newest, value);
        for (var reached = Milestones.CountAt(epoch); _best.Count < reached;) _best.Add(_newest);
    }
}
