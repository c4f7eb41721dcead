using Orchestrator.Domain.Randomness;
using Orchestrator.Training.Sampling;

namespace Orchestrator.Training.Tests.Sampling;

public sealed class TokenChoiceTests
{
    /// <summary>Probabilities 0.1, 0.4, 0.2, 0.3.</summary>
    private static readonly float[] Logits = [MathF.Log(0.1f), MathF.Log(0.4f), MathF.Log(0.2f), MathF.Log(0.3f)];

    [Fact]
    public void Next_Plain_DrawsByProbability() => AssertShares(new TokenChoice(), 0.1, 0.4, 0.2, 0.3);

    [Fact]
    public void Next_WithATemperatureOfOneHalf_SquaresProbabilities() =>
        AssertShares(new TokenChoice { Temperature = 0.5 }, 0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.09 / 0.3);

    [Fact]
    public void Next_OfTheTopTwo_DrawsOnlyThose() => AssertShares(new TokenChoice { TopK = 2 }, 0, 4 / 7.0, 0, 3 / 7.0);

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.41, 2)]
    [InlineData(0.75, 3)]
    [InlineData(1.0, 4)]
    public void Next_OfATopShare_KeepsAsFewAsReachIt(double share, int kept) =>
        Assert.Equal(kept, Shares(new TokenChoice { TopP = share - 1e-7 }).Count(portion => portion > 0));

    [Fact]
    public void Next_WithTemperatureZero_TakesTheLikeliestAndDrawsNothing()
    {
        var generator = new SplitMix64(1);
        Assert.Equal(1, new TokenChoice { Temperature = 0 }.Next(Logits, ref generator));
        Assert.Equal(new SplitMix64(1).NextUInt64(), generator.NextUInt64());
    }

    private static void AssertShares(TokenChoice choice, params double[] expected)
    {
        foreach (var (wanted, share) in expected.Zip(Shares(choice)))
            Assert.Equal(wanted, share, 0.03);
    }

    private static double[] Shares(TokenChoice choice)
    {
        var generator = new SplitMix64(7);
        var counts = new double[4];
        for (var i = 0; i < 4000; i++)
            counts[choice.Next(Logits, ref generator)] += 1 / 4000.0;
        return counts;
    }
}
