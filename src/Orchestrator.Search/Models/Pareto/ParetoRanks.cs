namespace Orchestrator.Search.Models.Pareto;

/// <summary>
/// Orders trials with several metrics: first by fronts (no trial of a front is beaten in every metric by another of it or of a later one), within a
/// front by how much room they have. Deb et al., A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, 2002.
/// </summary>
internal static class ParetoRanks
{
    /// <summary>The trials, the best first.</summary>
    public static List<(Observed Trial, int Front)> Sort(IReadOnlyList<Observed> trials)
    {
        var sorted = new List<(Observed, int)>(trials.Count);
        var rest = new List<Observed>(trials);
        for (var front = 0; rest.Count > 0; front++)
        {
            var best = Front(rest);
            var room = Room(best);
            sorted.AddRange(best.Select((trial, i) => (trial, Room: room[i])).OrderByDescending(t => t.Room).ThenBy(t => t.trial.Trial).Select(t => (t.trial, front)));
            var taken = best.ToHashSet(ReferenceEqualityComparer.Instance);
            rest.RemoveAll(taken.Contains);
        }
        return sorted;
    }

    /// <summary>The trials that no other beats.</summary>
    public static List<Observed> Front(IReadOnlyList<Observed> trials)
    {
        var front = new List<Observed>();
        foreach (var trial in trials)
        {
            if (front.Exists(other => Beats(other, trial))) continue;
            front.RemoveAll(other => Beats(trial, other));
            front.Add(trial);
        }
        return front;
    }

    /// <summary>
    /// Whether one trial beats another: it measured something and the other nothing, it breaks fewer constraints, it came further where one was stopped,
    /// or it is nowhere worse and somewhere better.
    /// </summary>
    public static bool Beats(Observed left, Observed right)
    {
        var (nothingLeft, nothingRight) = (Array.Exists(left.Values, double.IsPositiveInfinity), Array.Exists(right.Values, double.IsPositiveInfinity));
        if (nothingLeft || nothingRight) return !nothingLeft;
        if (left.Broken != right.Broken) return left.Broken < right.Broken;
        if (left.StoppedAt != right.StoppedAt) return (left.StoppedAt ?? int.MaxValue) > (right.StoppedAt ?? int.MaxValue);
        var better = false;
        for (var i = 0; i < left.Values.Length; i++)
        {
            if (left.Values[i] > right.Values[i]) return false;
            better |= left.Values[i] < right.Values[i];
        }
        return better;
    }

    /// <summary>The distance between the two neighbours in each metric, summed; the ends have all the room (the crowding distance).</summary>
    private static double[] Room(List<Observed> front)
    {
        var room = new double[front.Count];
        for (var metric = 0; metric < front[0].Values.Length; metric++)
        {
            var order = Enumerable.Range(0, front.Count).OrderBy(i => front[i].Values[metric]).ThenBy(i => front[i].Trial).ToArray();
            var (first, last) = (front[order[0]].Values[metric], front[order[^1]].Values[metric]);
            room[order[0]] = room[order[^1]] = double.PositiveInfinity;
            if (!(last > first) || double.IsPositiveInfinity(last)) continue;
            for (var i = 1; i < order.Length - 1; i++)
                room[order[i]] += (front[order[i + 1]].Values[metric] - front[order[i - 1]].Values[metric]) / (last - first);
        }
        return room;
    }
}
