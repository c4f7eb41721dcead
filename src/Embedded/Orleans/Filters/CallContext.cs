using System.Reflection;

namespace Orleans.Runtime;

/// <summary>What both directions know of a call, and the walk through its filters.</summary>
internal abstract class CallContext(GrainMethod method, GrainId targetId, RequestTarget? source) : IGrainCallContext
{
    private int _next;

    public GrainId? SourceId => source?.GrainId;
    public GrainId TargetId => targetId;
    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(InterfaceName);
    public string InterfaceName => method.InterfaceType.FullName!;
    public string MethodName => method.Method.Name;
    public MethodInfo InterfaceMethod => method.Method;
    public abstract object Grain { get; }
    public object? Result { get; set; }

    public Task Invoke() => InvokeStage(_next++);

    /// <summary>Calls filter number <paramref name="stage"/> or, after the last one, the method.</summary>
    protected abstract Task InvokeStage(int stage);
}
