using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A call in front of its grain.</summary>
internal sealed class IncomingCall(
    GrainMethod method, Activation activation, RequestTarget? source, ReadOnlyMemory<IIncomingGrainCallFilter> filters, Func<ValueTask<object?>> call)
    : CallContext(method, activation.GrainId, source), IIncomingGrainCallContext
{
    private static readonly ConcurrentDictionary<(Type Class, MethodInfo Method), MethodInfo> Implementations = new();

    public override object Grain => activation.GrainInstance!;
    public IGrainContext TargetContext => activation;
    public MethodInfo ImplementationMethod => Implementations.GetOrAdd((Grain.GetType(), InterfaceMethod), Find);

    protected override async Task InvokeStage(int stage)
    {
        if (stage < filters.Length) await filters.Span[stage].Invoke(this);
        else if (stage == filters.Length && Grain is IIncomingGrainCallFilter own) await own.Invoke(this);
        else Result = await call();
    }

    private static MethodInfo Find((Type Class, MethodInfo Method) key)
    {
        var map = key.Class.GetInterfaceMap(key.Method.DeclaringType!);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, key.Method)];
    }
}
