using Orchestrator.Domain.Randomness;

namespace Orchestrator.Training.Randomness;

/// <summary>Seeds as functions of (trial seed, purpose, index): nothing has to be stored or replayed to know one.</summary>
internal static class RandomSeeds
{
    internal static long Of(long seed, RandomPurpose purpose, long index = 0) =>
        SplitMix64.DeriveSeed(SplitMix64.DeriveSeed(seed, (long)purpose), index);
}
