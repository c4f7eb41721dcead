namespace Orchestrator.Search.Algorithms.Sobol;

/// <summary>
/// Sobol's sequence in base 2 with the direction numbers of Joe and Kuo (Constructing Sobol Sequences with Better Two-Dimensional Projections,
/// SIAM J. Sci. Comput. 2008; the first dimensions of new-joe-kuo-6), scrambled by Owen's nested permutations, which are made by hashing
/// (Burley: Practical Hash-based Owen Scrambling, JCGT 2020).
/// </summary>
internal static class SobolSequence
{
    private const int Bits = 32;

    // For each dimension from the second on: the inner coefficients of its primitive polynomial, and the first direction integers.
    private static readonly (int Coefficients, int[] Initial)[] Polynomials =
    [
        (0, [1]), (1, [1, 3]), (1, [1, 3, 1]), (2, [1, 1, 1]), (1, [1, 1, 3, 3]), (4, [1, 3, 5, 13]), (2, [1, 1, 5, 5, 17]), (4, [1, 1, 5, 5, 5]),
        (7, [1, 1, 7, 11, 19]), (11, [1, 1, 5, 1, 1]), (13, [1, 1, 1, 3, 11]), (14, [1, 3, 5, 5, 31]), (1, [1, 3, 3, 9, 7, 49]), (13, [1, 1, 1, 15, 21, 21]),
        (16, [1, 3, 1, 13, 27, 49]), (19, [1, 1, 1, 15, 7, 5]), (22, [1, 3, 1, 15, 13, 25]), (25, [1, 1, 5, 5, 19, 61]), (1, [1, 3, 7, 11, 23, 15, 103]),
        (4, [1, 3, 7, 13, 13, 15, 69]), (7, [1, 1, 3, 13, 7, 35, 63]), (8, [1, 3, 5, 9, 1, 25, 53]), (14, [1, 3, 1, 13, 9, 35, 107]), (19, [1, 3, 1, 5, 27, 61, 31]),
        (21, [1, 1, 5, 11, 19, 41, 61]), (28, [1, 3, 5, 3, 3, 13, 69]), (31, [1, 1, 7, 13, 1, 19, 1]), (32, [1, 3, 7, 5, 13, 19, 59]), (37, [1, 1, 3, 9, 25, 29, 41]),
        (41, [1, 3, 5, 13, 23, 1, 55]), (42, [1, 3, 7, 3, 13, 59, 17]), (50, [1, 3, 1, 3, 5, 53, 69]), (55, [1, 1, 5, 5, 23, 33, 13]), (56, [1, 1, 7, 7, 1, 61, 123]),
        (59, [1, 1, 7, 9, 13, 61, 49]), (62, [1, 3, 3, 5, 3, 55, 33]), (14, [1, 3, 1, 15, 31, 13, 49, 245]), (21, [1, 3, 5, 15, 31, 59, 63, 97]),
        (22, [1, 3, 1, 11, 11, 11, 77, 249]),
    ];

    private static readonly uint[][] Directions = [.. Enumerable.Range(0, Polynomials.Length + 1).Select(DirectionsOf)];

    /// <summary>How many dimensions there are.</summary>
    public static int Dimensions => Directions.Length;

    /// <summary>A coordinate of the sequence without scrambling, times 2^32.</summary>
    public static uint Plain(uint index, int dimension)
    {
        var value = 0u;
        for (var bit = 0; index != 0; bit++, index >>= 1)
            if ((index & 1) != 0) value ^= Directions[dimension][bit];
        return value;
    }

    /// <summary>A coordinate of the scrambled sequence, in (0, 1).</summary>
    /// <param name="index">From 0.</param>
    /// <param name="dimension">Below <see cref="Dimensions"/>.</param>
    /// <param name="seed">Makes the permutations.</param>
    public static double At(uint index, int dimension, uint seed) => (Scrambled(Plain(index, dimension), seed) + 0.5) / 4294967296.0;

    /// <summary>Each bit is flipped by a hash of the bits above it.</summary>
    private static uint Scrambled(uint value, uint seed)
    {
        value = Reversed(value);
        value += seed;
        value ^= value * 0x6c50b47c;
        value ^= value * 0xb82f1e52;
        value ^= value * 0xc7afe638;
        value ^= value * 0x8d22f6e6;
        return Reversed(value);
    }

    private static uint Reversed(uint value)
    {
        value = ((value >> 1) & 0x55555555) | ((value & 0x55555555) << 1);
        value = ((value >> 2) & 0x33333333) | ((value & 0x33333333) << 2);
        value = ((value >> 4) & 0x0f0f0f0f) | ((value & 0x0f0f0f0f) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }

    private static uint[] DirectionsOf(int dimension)
    {
        var directions = new uint[Bits];
        if (dimension == 0)
        {
            for (var bit = 0; bit < Bits; bit++) directions[bit] = 1u << (Bits - 1 - bit);
            return directions;
        }
        var (coefficients, initial) = Polynomials[dimension - 1];
        var degree = initial.Length;
        for (var bit = 0; bit < Bits; bit++)
        {
            if (bit < degree)
            {
                directions[bit] = (uint)initial[bit] << (Bits - 1 - bit);
                continue;
            }
            directions[bit] = directions[bit - degree] ^ (directions[bit - degree] >> degree);
            for (var k = 1; k < degree; k++)
                if (((coefficients >> (degree - 1 - k)) & 1) != 0) directions[bit] ^= directions[bit - k];
        }
        return directions;
    }
}
