using Orchestrator.Cli.Commands;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class WorkerCountTests
{
    [Theory]
    [InlineData(1, null, 2, 2)]
    [InlineData(2, null, 2, 2)]
    [InlineData(4, null, 2, 4)]
    [InlineData(3, null, 8, 6)]
    [InlineData(1, 3, 8, 3)]
    [InlineData(2, 1, 8, 2)]
    public void For_AMachine_FillsItsCoresWithWholeGangs(int worldSize, int? maxParallel, int cores, int expected) =>
        Assert.Equal(expected, WorkerCount.For(new ResourcesSpec(worldSize, DeviceKind.Cpu, maxParallel), cores));
}
