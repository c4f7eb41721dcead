using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// A Halton sequence whose digits are permuted by the seed: trial n is a function of the seed and n alone, and the trials fill the space more
/// evenly than independent draws. Where a constraint rules a point out, an independent draw takes its place.
/// Halton: On the Efficiency of Certain Quasi-Random Sequences of Points, 1960; Owen: A Randomized Halton Algorithm in R, arXiv 1706.02808.
/// </summary>
internal sealed class HaltonSearch : ISearchAlgorithm
{
    private const double Precision = 1.0 / (1L << 53);

    private readonly SearchSpace _space;
    private readonly int[] _bases;
    private readonly long _seed;

    public HaltonSearch(SearchSpace space, long seed)
    {
        _space = space;
        _seed = seed;
        _bases = [.. Primes().Take(space.Dimensions.Count)];
    }

    public ParameterSet? Propose(int trialNumber)
    {
        var unit = new double[_bases.Length];
        for (var i = 0; i < unit.Length; i++) unit[i] = RadicalInverse(trialNumber, i);
        var point = _space.FromUnit(unit);
        if (_space.IsAllowed(point)) return point;
        var random = SplitMix64.ForStream(_seed, trialNumber);
        return _space.Sample(ref random);
    }

    public void Observe(SearchObservation observation)
    {
    }

    /// <summary>The digits of the number, each permuted, behind the point. Leading zeros count: they are permuted too.</summary>
    private double RadicalInverse(int number, int dimension)
    {
        var radix = _bases[dimension];
        var unit = 0.0;
        long rest = number;
        var place = 1.0 / radix;
        for (var digit = 0; place > Precision; digit++, place /= radix)
        {
            (rest, var value) = Math.DivRem(rest, radix);
            unit += place * Permuted((int)value, radix, dimension, digit);
        }
        return Math.Min(unit, 1 - Precision);
    }

    /// <summary>Where a seeded shuffle of the digits puts this one.</summary>
    private int Permuted(int value, int radix, int dimension, int digit)
    {
        var random = SplitMix64.ForStream(_seed, ((long)dimension << 16) + digit);
        Span<int> digits = radix <= 128 ? stackalloc int[radix] : new int[radix];
        for (var i = 0; i < radix; i++)
        {
            var j = (int)random.NextBelow((ulong)i + 1);
            digits[i] = digits[j];
            digits[j] = i;
        }
        return digits[value];
    }

    private static IEnumerable<int> Primes()
    {
        var found = new List<int>();
        for (var n = 2; ; n++)
        {
            if (found.Exists(p => n % p == 0)) continue;
            found.Add(n);
            yield return n;
        }
    }
}
