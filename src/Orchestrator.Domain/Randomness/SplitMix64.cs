namespace Orchestrator.Domain.Randomness;

/// <summary>
/// A small seeded generator whose sequence is the same on every platform and version.
/// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
/// </summary>
/// <param name="seed">Any value; equal seeds give equal sequences.</param>
public struct SplitMix64(ulong seed)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>A generator for one of many independent streams of a seed, such as the proposals of one trial.</summary>
    public static SplitMix64 ForStream(long seed, long stream) => new(Mix(Mix((ulong)seed + Gamma) ^ Mix((ulong)stream * Gamma + 1)));

    /// <summary>The seed of one of many independent streams of a seed; not negative.</summary>
    public static long DeriveSeed(long seed, long stream) => (long)(ForStream(seed, stream).NextUInt64() >> 1);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64() => Mix(_state += Gamma);

    /// <summary>A real in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer in [0, <paramref name="bound"/>), without bias. Lemire: Fast Random Integer Generation in an Interval, TOMACS 2019.</summary>
    /// <param name="bound">At least 1.</param>
    public ulong NextBelow(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var high = Math.BigMul(NextUInt64(), bound, out var low);
        if (low >= bound) return high;
        var threshold = (0 - bound) % bound;
        while (low < threshold) high = Math.BigMul(NextUInt64(), bound, out low);
        return high;
    }

    /// <summary>A draw from the standard normal distribution. Box, Muller: A Note on the Generation of Random Normal Deviates, 1958.</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
