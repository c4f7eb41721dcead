using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>Bounds how many trials a model holds: the best third of the bound, and an even sample of the others.</summary>
internal static class GpSample
{
    public static IReadOnlyList<Scored> Of(IReadOnlyList<Scored> sorted, int most) =>
        sorted.Count <= most ? sorted : [.. Indices(sorted.Count, most).Select(i => sorted[i])];

    public static IEnumerable<int> Indices(int count, int most)
    {
        var best = most / 3;
        for (var i = 0; i < best; i++) yield return i;
        var step = (double)(count - best) / (most - best);
        for (var i = 0; i < most - best; i++) yield return best + (int)(i * step);
    }
}
