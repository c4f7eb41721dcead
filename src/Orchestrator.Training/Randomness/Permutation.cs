using Orchestrator.Domain.Randomness;

namespace Orchestrator.Training.Randomness;

/// <summary>Random orders that are the same on every platform.</summary>
internal static class Permutation
{
    /// <summary>Fills <paramref name="order"/> with a random order of 0 to its length - 1 (Fisher-Yates).</summary>
    internal static void Fill(Span<int> order, long seed)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var generator = SplitMix64.ForStream(seed, 0);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)generator.NextBelow((ulong)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
