using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Randomness;

public sealed class RandomnessTests
{
    [Fact]
    public void Fill_AKnownSeed_GivesTheSameOrderOnEveryPlatform()
    {
        var order = new int[10];
        Permutation.Fill(order, 42);
        Assert.Equal("5 9 4 7 6 3 2 0 1 8", string.Join(' ', order));
    }

    [Fact]
    public void Fill_ManySeeds_PutsEachNumberEverywhere()
    {
        var counts = new int[5, 5];
        var order = new int[5];
        for (var seed = 0; seed < 5000; seed++)
        {
            Permutation.Fill(order, seed);
            for (var i = 0; i < order.Length; i++)
                counts[i, order[i]]++;
        }

        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 850, 1150)); // 1,000 expected, 28 the standard deviation
    }

    [Fact]
    public void Normal_ManyNumbers_HasMomentsOfTheStandardNormal()
    {
        var values = new float[1 << 20];
        NormalNoise.Fill(values, 1024, 3, 0);
        var mean = values.Average(value => (double)value);
        Assert.InRange(mean, -0.005, 0.005);
        Assert.InRange(values.Average(value => Math.Pow(value, 2)), 0.99, 1.01);
        Assert.InRange(values.Average(value => Math.Pow(value, 4)), 2.9, 3.1);
        Assert.InRange(values.Count(value => Math.Abs(value) > 1.959964f) / (double)values.Length, 0.049, 0.051);
        Assert.All(values, value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Fill_OfSomeRows_GivesTheSameAsAllRows(int rowLength)
    {
        var all = new float[6 * rowLength];
        NormalNoise.Fill(all, rowLength, 9, 100);
        var part = new float[2 * rowLength];
        NormalNoise.Fill(part, rowLength, 9, 103);
        Assert.Equal(all[(3 * rowLength)..(5 * rowLength)], part);
    }

    [Fact]
    public void Normal_TwoCalls_GiveDifferentNumbersThatRepeatWithTheSeed()
    {
        using var scope = NewDisposeScope();
        var (one, two) = (new NoiseSource(1, 0, CPU), new NoiseSource(1, 0, CPU));
        var first = one.Normal(3, 2).data<float>().ToArray();
        Assert.NotEqual(first, one.Normal(3, 2).data<float>().ToArray());
        Assert.Equal(first, two.Normal(3, 2).data<float>().ToArray());
        Assert.NotEqual(first, new NoiseSource(2, 0, CPU).Normal(3, 2).data<float>().ToArray());
    }
}
