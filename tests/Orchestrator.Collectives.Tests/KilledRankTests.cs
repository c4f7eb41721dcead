using Orchestrator.Domain.Specs;

namespace Orchestrator.Collectives.Tests;

/// <summary>A rank's process dies in the middle of an all-reduce.</summary>
public sealed class KilledRankTests
{
    [Theory]
    [InlineData(CollectiveKind.Auto, 0)]
    [InlineData(CollectiveKind.Auto, 2)]
    [InlineData(CollectiveKind.Gloo, 0)]
    [InlineData(CollectiveKind.Gloo, 2)]
    [InlineData(CollectiveKind.Grpc, 0)]
    [InlineData(CollectiveKind.Grpc, 2)]
    public async Task Kill_InTheMiddle_SurvivorsLearnWhichRankIsLost(CollectiveKind kind, int victim)
    {
        var ranks = await RankProcess.StartGroupAsync(kind, 3);
        try
        {
            foreach (var rank in ranks)
                Assert.Equal("reduced 3", await rank.ReadAsync());

            ranks[victim].Kill();

            foreach (var survivor in ranks.Where((_, rank) => rank != victim))
            {
                var last = await survivor.ReadAsync();
                Assert.StartsWith("PeerLost ", last, StringComparison.Ordinal);
                Assert.Contains($"rank {victim} ", last, StringComparison.Ordinal);
            }
        }
        finally
        {
            foreach (var rank in ranks)
                rank.Dispose();
        }
    }
}
