using Grpc.Core;
using Orchestrator.Protocol;

namespace Orchestrator.Worker.Tests.Support;

/// <summary>One stream of a worker, from the coordinator's side.</summary>
internal sealed class WorkerStream(IAsyncStreamReader<WorkerMessage> requests, IServerStreamWriter<CoordinatorMessage> responses)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Over => _over.Task;

    /// <summary>Breaks the stream off.</summary>
    public void Break() => _over.TrySetException(new RpcException(new Status(StatusCode.Unavailable, "broken by the test")));

    /// <summary>Ends the stream in order.</summary>
    public void End() => _over.TrySetResult();

    public Task Say(CoordinatorMessage message) => responses.WriteAsync(message);

    /// <summary>Reads the registration and answers it.</summary>
    public async Task<Register> Welcome()
    {
        var register = (await Next()).Register;
        await Say(new CoordinatorMessage { Registered = new Registered { LeaseSeconds = 10, HeartbeatSeconds = 2 } });
        return register;
    }

    public async Task<WorkerMessage> Next()
    {
        using var patience = new CancellationTokenSource(FakeCoordinator.Patience);
        return await requests.MoveNext(patience.Token) ? requests.Current : throw new EndOfStreamException();
    }

    public async Task<WorkerMessage> Next(WorkerMessage.BodyOneofCase kind)
    {
        while (true)
        {
            var message = await Next();
            if (message.BodyCase == kind) return message;
        }
    }
}
