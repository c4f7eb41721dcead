namespace Orleans.Runtime;

/// <summary>A call that has not left its caller yet.</summary>
internal sealed class OutgoingCall(
    GrainMethod method, GrainReference grain, RequestScheduler? source, ReadOnlyMemory<IOutgoingGrainCallFilter> filters, Func<Task<object?>> call)
    : CallContext(method, grain.GrainId, source), IOutgoingGrainCallContext
{
    public override object Grain => grain;
    public IGrainContext? SourceContext => source as IGrainContext;

    protected override async Task InvokeStage(int stage)
    {
        if (stage < filters.Length) await filters.Span[stage].Invoke(this);
        else Result = await call();
    }
}
