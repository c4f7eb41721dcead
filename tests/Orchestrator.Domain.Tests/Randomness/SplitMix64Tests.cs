using Orchestrator.Domain.Randomness;

namespace Orchestrator.Domain.Tests.Randomness;

public sealed class SplitMix64Tests
{
    /// <summary>Vectors of the authors' C code (prng.di.unimi.it/splitmix64.c).</summary>
    [Theory]
    [InlineData(0UL, new[] { 0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL, 0xF88BB8A8724C81ECUL, 0x1B39896A51A8749BUL })]
    [InlineData(1234567UL, new[] { 6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL })]
    public void NextUInt64_KnownSeeds_GivesThePublishedSequence(ulong seed, ulong[] expected)
    {
        var generator = new SplitMix64(seed);

        Assert.All(expected, value => Assert.Equal(value, generator.NextUInt64()));
    }

    [Fact]
    public void DeriveSeed_KnownStreams_NeverChanges() =>
        Assert.Equal(DerivedSeeds, Enumerable.Range(1, 4).Select(stream => SplitMix64.DeriveSeed(42, stream)));

    [Fact]
    public void DeriveSeed_ManyStreamsOfManySeeds_AreDistinctAndNotNegative()
    {
        var seeds = (from seed in Enumerable.Range(-50, 100) from stream in Enumerable.Range(0, 1_000) select SplitMix64.DeriveSeed(seed, stream)).ToList();

        Assert.Equal(seeds.Count, seeds.Distinct().Count());
        Assert.DoesNotContain(seeds, seed => seed < 0);
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniformInTheUnitInterval()
    {
        var generator = new SplitMix64(1);
        var draws = Enumerable.Range(0, 100_000).Select(_ => generator.NextDouble()).ToList();

        Assert.All(draws, d => Assert.InRange(d, 0, 1 - double.Epsilon));
        Assert.InRange(draws.Average(), 0.495, 0.505);
        Assert.InRange(draws.Average(d => (d - 0.5) * (d - 0.5)), 0.0825, 0.0842); // 1/12
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(3UL)]
    [InlineData(10UL)]
    public void NextBelow_ManyDraws_EveryValueIsAlikeFrequent(ulong bound)
    {
        const int draws = 100_000;
        var generator = new SplitMix64(2);
        var counts = new int[bound];
        for (var i = 0; i < draws; i++) counts[generator.NextBelow(bound)]++;

        Assert.All(counts, count => Assert.InRange(count, draws / (double)bound * 0.95, draws / (double)bound * 1.05));
    }

    [Fact]
    public void NextBelow_BoundJustAboveAPowerOfTwo_IsNotBiased()
    {
        const ulong bound = (1UL << 63) + 1; // the naive remainder would draw the lower half twice as often
        var generator = new SplitMix64(3);

        var low = Enumerable.Range(0, 20_000).Count(_ => generator.NextBelow(bound) < bound / 2);

        Assert.InRange(low, 9_700, 10_300);
    }

    [Fact]
    public void NextBelow_Zero_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SplitMix64(1).NextBelow(0));

    [Fact]
    public void NextNormal_ManyDraws_HaveMeanZeroAndDeviationOne()
    {
        var generator = new SplitMix64(4);
        var draws = Enumerable.Range(0, 100_000).Select(_ => generator.NextNormal()).ToList();

        Assert.All(draws, d => Assert.True(double.IsFinite(d)));
        Assert.InRange(draws.Average(), -0.02, 0.02);
        Assert.InRange(draws.Average(d => d * d), 0.97, 1.03);
        Assert.InRange(draws.Count(d => Math.Abs(d) < 1) / 100_000.0, 0.675, 0.69); // 68.3 %
    }

    // Computed apart from this code, by the definition.
    private static readonly long[] DerivedSeeds = [3114765920925439066, 4679380160643583000, 8013795148842614211, 3512675841781580712];
}
