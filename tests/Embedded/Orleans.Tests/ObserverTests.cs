using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Tests.Support;

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
        GC.KeepAlive(listener);
    }
}
