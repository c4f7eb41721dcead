using Orchestrator.Cli.Commands;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class BestCheckpointTests
{
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Choose_Measured_IsTheBestForTheGoal(bool maximize, int expected) =>
        Assert.Equal(expected, BestCheckpoint.Choose([new() { Epoch = 3, Metric = -3 }, new() { Epoch = 2, Metric = -1 }, new() { Epoch = 1, Metric = -9 }], maximize)!.Epoch);

    [Fact]
    public void Choose_NoneMeasured_IsTheNewest() =>
        Assert.Equal(3, BestCheckpoint.Choose([new() { Epoch = 3 }, new() { Epoch = 2, Metric = double.NaN }], true)!.Epoch);

    [Fact]
    public void Choose_None_IsNull() => Assert.Null(BestCheckpoint.Choose(Array.Empty<Checkpoint>(), true));
}
