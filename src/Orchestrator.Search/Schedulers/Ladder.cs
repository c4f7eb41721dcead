namespace Orchestrator.Search.Schedulers;

/// <summary>Where the rungs of a bracket are: <c>first * eta^k</c>, below the end.</summary>
/// <param name="first">The first rung, in epochs.</param>
/// <param name="eta">The reduction factor.</param>
/// <param name="end">No rung at or above this, in epochs.</param>
internal sealed class Ladder(double first, double eta, int end)
{
    private readonly List<int> _rungs = [];

    /// <summary>Where a rung is, or null at and above the end. A reduction factor near 1 must not give one rung twice.</summary>
    public int? this[int index]
    {
        get
        {
            while (_rungs.Count <= index)
            {
                var resource = Math.Round(first * Math.Pow(eta, _rungs.Count));
                if (_rungs.Count > 0) resource = Math.Max(resource, _rungs[^1] + 1);
                if (resource >= end) return null;
                _rungs.Add(Math.Max(1, (int)resource));
            }
            return _rungs[index];
        }
    }

    /// <summary>The highest rung that a trial reaches for the first time, having passed so many; null: none. Rungs that a sparse report skips see nothing of it.</summary>
    public int? Reached(int passed, int resource)
    {
        var next = passed;
        while (this[next] is { } rung && resource >= rung) next++;
        return next > passed ? next - 1 : null;
    }
}
