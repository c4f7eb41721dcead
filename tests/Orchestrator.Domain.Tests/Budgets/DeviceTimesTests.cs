using Orchestrator.Domain.Budgets;

namespace Orchestrator.Domain.Tests.Budgets;

public class DeviceTimesTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Add_OverMidnights_GivesEachDayItsPart()
    {
        var times = new DeviceTimes();
        times.Add(Noon, Noon.AddHours(38), 2);

        Assert.Equal(
            [new(new DateOnly(2030, 1, 31), TimeSpan.FromHours(24)), new(new DateOnly(2030, 2, 1), TimeSpan.FromHours(48)), new(new DateOnly(2030, 2, 2), TimeSpan.FromHours(4))],
            times.Days);
        Assert.Equal(TimeSpan.FromHours(76), times.Total);
    }

    [Fact]
    public void Add_PartsOfADeviceAndOtherTimeZones_CountsInUtc()
    {
        var times = new DeviceTimes();
        times.Add(new DateTimeOffset(2030, 2, 1, 1, 0, 0, TimeSpan.FromHours(2)), Noon.AddHours(13), 0.25);

        Assert.Equal([new(new DateOnly(2030, 1, 31), TimeSpan.FromMinutes(15)), new(new DateOnly(2030, 2, 1), TimeSpan.FromMinutes(15))], times.Days);
    }

    [Fact]
    public void Add_EndsBeforeItBegins_AddsNothing()
    {
        var times = new DeviceTimes();
        times.Add(Noon, Noon.AddSeconds(-1), 1);

        Assert.Empty(times.Days);
    }

    [Fact]
    public void Copy_ThenAddedTo_LeavesTheOther()
    {
        var times = new DeviceTimes();
        times.Add(Noon, Noon.AddHours(1), 1);
        new DeviceTimes(times).Add(Noon, Noon.AddHours(1), 1);

        Assert.Equal(TimeSpan.FromHours(1), times.Total);
    }
}
