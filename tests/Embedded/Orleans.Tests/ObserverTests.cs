using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Tests.Support;
using Orleans.Utilities;

namespace Orleans.Tests;

public sealed class ObserverTests
{
    internal interface IListener : IGrainObserver
    {
        [OneWay] Task Heard(string word);
        Task<string> Ask(string question);
        void Shout(string word);
    }

    internal sealed class Listener : IListener
    {
        public Task Heard(string word)
        {
            Gates.Open(word);
            return Task.CompletedTask;
        }

        public Task<string> Ask(string question) => Task.FromResult($"{question}!");
        public void Shout(string word) => Gates.Open(word);
    }

    internal interface ISpeaker : IGrainWithStringKey
    {
        Task Tell(IListener listener, string word);
        Task<string> Ask(IListener listener, string question);
    }

    internal sealed class SpeakerGrain : Grain, ISpeaker
    {
        public async Task Tell(IListener listener, string word)
        {
            await listener.Heard(word);
            listener.Shout($"{word} shouted");
        }

        public Task<string> Ask(IListener listener, string question) => listener.Ask(question);
    }

    [Fact]
    public async Task Observer_CanBeCalledByAGrain_UntilItIsDeleted()
    {
        await using var silo = await TestSilo.StartAsync();
        var speaker = silo.Grains.GetGrain<ISpeaker>("speaker");
        var listener = new Listener();
        var reference = silo.Grains.CreateObjectReference<IListener>(listener);
        var word = Guid.NewGuid().ToString();

        await speaker.Tell(reference, word);
        await Gates.Opened(word);
        await Gates.Opened($"{word} shouted");
        Assert.Equal("why!", await speaker.Ask(reference, "why"));

        silo.Grains.DeleteObjectReference<IListener>(reference);
        await Assert.ThrowsAsync<ClientNotAvailableException>(() => speaker.Ask(reference, "why"));
        await speaker.Tell(reference, "one-way calls do not tell");
        await Assert.ThrowsAsync<ClientNotAvailableException>(() => reference.Ask("from outside"));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task ObserverManager_DropsObserversThatFailOrExpire()
    {
        var now = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var manager = new ObserverManager<string, string>(TimeSpan.FromMinutes(5), NullLogger.Instance) { GetDateTime = () => now };
        manager.Subscribe("a", "A");
        manager.Subscribe("b", "B");
        manager.Subscribe("c", "C");
        var told = new List<string>();

        await manager.Notify(o => o == "B" ? Task.FromException(new InvalidOperationException()) : Tell(o), o => o != "C");
        Assert.Equal(["A"], told);
        Assert.Equal(["a", "c"], manager.Observers.Keys.Order());

        now += TimeSpan.FromMinutes(4);
        manager.Subscribe("a", "A2");
        now += TimeSpan.FromMinutes(2);
        manager.Notify(o => told.Add(o));
        Assert.Equal(["A", "A2"], told);
        Assert.Equal(1, manager.Count);

        Task Tell(string observer)
        {
            told.Add(observer);
            return Task.CompletedTask;
        }
    }
}
