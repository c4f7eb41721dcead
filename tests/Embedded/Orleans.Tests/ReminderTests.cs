using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class ReminderTests
{
    internal interface IReminded : IGrainWithStringKey
    {
        Task Register(string name, TimeSpan due, TimeSpan period);
        Task<bool> Unregister(string name);
        Task<int> Count();
        Task<List<TickStatus>> Ticks();
        Task Leave();
    }

    internal sealed class RemindedGrain : Grain, IReminded, IRemindable
    {
        private readonly List<TickStatus> _ticks = [];

        public Task Register(string name, TimeSpan due, TimeSpan period)
        {
            // What flows with this call must not flow with the ticks.
            RequestContext.Set("who", "the registering call");
            return this.RegisterOrUpdateReminder(name, due, period);
        }

        public async Task<bool> Unregister(string name)
        {
            if (await this.GetReminder(name) is not { } reminder) return false;
            await this.UnregisterReminder(reminder);
            return true;
        }

        public async Task<int> Count() => (await this.GetReminders()).Count;
        public Task<List<TickStatus>> Ticks() => Task.FromResult(_ticks);

        public Task Leave()
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        }

        public Task ReceiveReminder(string reminderName, TickStatus status)
        {
            Assert.Null(RequestContext.Get("who"));
            _ticks.Add(status);
            Gates.Open($"{this.GetPrimaryKeyString()} {reminderName} {_ticks.Count}");
            return Task.CompletedTask;
        }
    }

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Reminder_TicksFromItsStartAtItsPeriod_EvenAGrainThatIsNotInMemory()
    {
        await using var silo = await TestSilo.StartAsync(b => b.UseInMemoryReminderService());
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<IReminded>(key);
        var start = silo.Time.GetUtcNow().UtcDateTime + (5 * Minute);
        await grain.Register("r", 5 * Minute, 10 * Minute);
        await grain.Leave();

        silo.Time.Advance(5 * Minute);
        await Gates.Opened($"{key} r 1");
        Assert.Equal(new TickStatus(start, 10 * Minute, start), Assert.Single(await grain.Ticks()));
        silo.Time.Advance(10 * Minute);
        await Gates.Opened($"{key} r 2");
        Assert.Equal(start + (10 * Minute), (await grain.Ticks())[1].CurrentTickTime);
    }

    [Fact]
    public async Task Reminder_ThatIsUpdated_TicksByItsNewTimes_AndUnregistered_NoMore()
    {
        await using var silo = await TestSilo.StartAsync(b => b.UseInMemoryReminderService());
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<IReminded>(key);
        await grain.Register("r", Minute, Minute);
        await grain.Register("r", 60 * Minute, 60 * Minute);
        Assert.Equal(1, await grain.Count());

        silo.Time.Advance(10 * Minute);
        Assert.Empty(await grain.Ticks());
        Assert.True(await grain.Unregister("r"));
        Assert.False(await grain.Unregister("r"));
        silo.Time.Advance(120 * Minute);
        Assert.Empty(await grain.Ticks());
    }

    [Fact]
    public async Task Reminder_OutlivesTheSilo_ThroughTheGrainStorage()
    {
        var storage = new MemoryGrainStorage();
        var key = Guid.NewGuid().ToString();
        DateTime start;
        await using (var first = await TestSilo.StartAsync(b => b.ConfigureServices(s => s.AddKeyedSingleton<IGrainStorage>("Default", storage)).AddReminders()))
        {
            start = first.Time.GetUtcNow().UtcDateTime + (90 * Minute);
            await first.Grains.GetGrain<IReminded>(key).Register("r", 90 * Minute, 60 * Minute);
        }

        await using var second = await TestSilo.StartAsync(b => b.ConfigureServices(s => s.AddKeyedSingleton<IGrainStorage>("Default", storage)).AddReminders());
        second.Time.Advance(89 * Minute);
        Assert.Empty(await second.Grains.GetGrain<IReminded>(key).Ticks());
        second.Time.Advance(Minute);

        await Gates.Opened($"{key} r 1");
        Assert.Equal(start, Assert.Single(await second.Grains.GetGrain<IReminded>(key).Ticks()).FirstTickTime);
    }

    [Fact]
    public async Task Register_WithTooShortAPeriod_SaysSo()
    {
        await using var silo = await TestSilo.StartAsync(b => b.UseInMemoryReminderService());
        var grain = silo.Grains.GetGrain<IReminded>("short");

        var error = await Assert.ThrowsAsync<ArgumentException>(() => grain.Register("r", Minute, TimeSpan.FromSeconds(59)));
        Assert.Contains("00:01:00", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_WithoutTheService_SaysSo()
    {
        await using var silo = await TestSilo.StartAsync();

        await Assert.ThrowsAsync<OrleansConfigurationException>(() => silo.Grains.GetGrain<IReminded>("none").Register("r", Minute, Minute));
    }
}
