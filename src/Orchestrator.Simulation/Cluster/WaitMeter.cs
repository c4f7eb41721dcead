namespace Orchestrator.Simulation.Cluster;

/// <summary>How long gangs waited, by world size.</summary>
internal sealed class WaitMeter
{
    private readonly SortedDictionary<int, (long Count, double Sum, double Longest)> _waits = [];

    public IReadOnlyList<GangWaits> Waits => [.. _waits.Select(w => new GangWaits(w.Key, w.Value.Count, w.Value.Sum / w.Value.Count, w.Value.Longest))];

    public void Add(int worldSize, double seconds)
    {
        var (count, sum, longest) = _waits.GetValueOrDefault(worldSize);
        _waits[worldSize] = (count + 1, sum + seconds, Math.Max(longest, seconds));
    }
}
