namespace Orchestrator.Training.Engine;

/// <summary>Waits for collectives on the training thread; the process group has the time-out.</summary>
internal static class Waiting
{
    internal static void For(ValueTask call)
    {
        if (call.IsCompleted)
            call.GetAwaiter().GetResult();
        else
            call.AsTask().GetAwaiter().GetResult();
    }
}
