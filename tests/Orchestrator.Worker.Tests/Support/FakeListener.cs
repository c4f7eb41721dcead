using System.Threading.Channels;
using Orchestrator.Protocol;
using Orchestrator.Worker.Connection;

namespace Orchestrator.Worker.Tests.Support;

/// <summary>Remembers what the coordinator asked.</summary>
internal sealed class FakeListener : ICoordinatorListener
{
    public bool IsLeaving { get; set; }

    private readonly Channel<object> _asked = Channel.CreateUnbounded<object>();

    public Attempt? Running { get; set; }

    public int LostGeneration { get; set; }

    public Progress? Progress { get; set; }

    public Progress? TakeProgress()
    {
        var progress = Progress;
        Progress = null;
        return progress;
    }

    public void OnAssign(Assign assign) => _asked.Writer.TryWrite(assign);

    public void OnStop(Stop stop) => _asked.Writer.TryWrite(stop);

    public void OnDrain(string reason) => _asked.Writer.TryWrite(reason);

    public async Task<object> Asked()
    {
        using var patience = new CancellationTokenSource(FakeCoordinator.Patience);
        return await _asked.Reader.ReadAsync(patience.Token);
    }
}
