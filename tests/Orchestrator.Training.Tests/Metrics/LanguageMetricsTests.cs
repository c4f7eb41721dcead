using Orchestrator.Training.Metrics;

namespace Orchestrator.Training.Tests.Metrics;

public sealed class LanguageMetricsTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1.3862943611, 4, 2)] // four characters, all alike
    [InlineData(1.62, 5.0530903, 2.3371660)]
    public void Perplexity_AndBits_OfNats(double nats, double perplexity, double bits)
    {
        Assert.Equal(perplexity, LanguageMetrics.Perplexity(nats), 1e-6);
        Assert.Equal(bits, LanguageMetrics.BitsPerCharacter(nats), 1e-6);
    }
}
