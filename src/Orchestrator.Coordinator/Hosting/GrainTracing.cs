using System.Diagnostics;
using Orchestrator.ServiceDefaults.Telemetry;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>Lets traces go through grain calls: what a grain logs bears the ids of the request that caused it.</summary>
internal sealed class GrainTracing : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    private const string Key = "traceparent";

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (Activity.Current?.Id is { } id) RequestContext.Set(Key, id);
        else RequestContext.Remove(Key);
        await context.Invoke();
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        using var span = RequestContext.Get(Key) is string parent ? Tracing.Continue(context.MethodName, ActivityKind.Internal, parent) : null;
        await context.Invoke();
    }
}
