using Grpc.Core;
using Orchestrator.Protocol;

namespace Orchestrator.Coordinator.Tests.Support;

/// <summary>A worker's end of the stream, driven by the test.</summary>
internal sealed class StreamingWorker(RunningCoordinator coordinator, string name) : IDisposable
{
    private readonly CancellationTokenSource _patience = new(RunningCoordinator.Patience);
    private AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> _call = null!;

    public async Task<CoordinatorMessage> Dial(Attempt? running = null, string device = "cpu")
    {
        _call = new Workers.WorkersClient(coordinator.Channel).Connect(cancellationToken: _patience.Token);
        await Send(new WorkerMessage { Register = new Register { Worker = name, Host = "host", Device = device, Endpoint = "http://127.0.0.1:1", Running = running } });
        return await Next();
    }

    public Task Send(WorkerMessage message) => _call.RequestStream.WriteAsync(message);

    public async Task<CoordinatorMessage> Next() =>
        await _call.ResponseStream.MoveNext(_patience.Token) ? _call.ResponseStream.Current : throw new EndOfStreamException();

    public async Task<Assign> NextAssignment()
    {
        while (true)
        {
            if ((await Next()).Assign is { } assign) return assign;
        }
    }

    /// <summary>Sends something and gives what is acknowledged for it.</summary>
    public async Task<Acknowledge> Acknowledged(WorkerMessage message)
    {
        await Send(message);
        while (true)
        {
            if ((await Next()).Acknowledge is { } acknowledge) return acknowledge;
        }
    }

    public void Dispose()
    {
        _call?.Dispose();
        _patience.Dispose();
    }
}
