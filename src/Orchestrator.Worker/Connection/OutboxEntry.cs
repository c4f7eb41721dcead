using Orchestrator.Protocol;

namespace Orchestrator.Worker.Connection;

/// <summary>A message that waits for its acknowledgement.</summary>
internal sealed record OutboxEntry(Attempt Attempt, long Sequence, WorkerMessage Message)
{
    public TaskCompletionSource<bool> Acknowledged { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
