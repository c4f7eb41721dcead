using Orchestrator.TestKit.Time;

namespace Orchestrator.Domain.Tests.TestKit;

public sealed class FakeTimeProviderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Advance_MovesClockAndTimestampAlike()
    {
        var (start, timestamp) = (_time.Now, _time.GetTimestamp());

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), _time.Now - start);
        Assert.Equal(TimeSpan.FromSeconds(3), _time.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Advance_SeveralTimers_FireInTheOrderTheyAreDueAtTheirTime()
    {
        var start = _time.Now;
        using var late = Timer("late", 3);
        using var early = Timer("early", 1);
        using var far = Timer("far", 9);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["early@1", "late@3"], _fired);
        Assert.Equal(TimeSpan.FromSeconds(5), _time.Now - start);
        Assert.Equal(1, _time.ArmedTimers);
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresEachTime()
    {
        using var timer = Timer("tick", 1, period: 2);

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["tick@1", "tick@3", "tick@5"], _fired);
    }

    [Fact]
    public void Advance_TimerSetInACallback_FiresInTheSameAdvance()
    {
        using var second = _time.CreateTimer(_ => Note("second"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var first = _time.CreateTimer(_ => second.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["second@2"], _fired);
    }

    [Fact]
    public void Advance_DisposedTimer_DoesNotFire()
    {
        Timer("gone", 1).Dispose();

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(_fired);
    }

    [Fact]
    public async Task Delay_Advanced_Ends()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time);
        Assert.False(delay.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void CreateTimer_DueNow_FiresAtOnce()
    {
        using var timer = Timer("now", 0);

        Assert.Equal(["now@0"], _fired);
    }

    private ITimer Timer(string name, int due, int? period = null) =>
        _time.CreateTimer(_ => Note(name), null, TimeSpan.FromSeconds(due), period is { } every ? TimeSpan.FromSeconds(every) : Timeout.InfiniteTimeSpan);

    private void Note(string name) => _fired.Add($"{name}@{_time.GetElapsedTime(0).TotalSeconds}");
}
