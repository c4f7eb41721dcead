using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A grain method that returns an async enumerable, with its compiled call.</summary>
internal sealed class StreamMethod<TTarget, TArgs, TResult>(Type interfaceType, MethodInfo method)
    where TTarget : class
{
    public Type InterfaceType => interfaceType;
    public Func<TTarget, TArgs, CancellationToken, IAsyncEnumerable<TResult>> Invoke { get; } = MethodInvoker.CompileStream<TTarget, TArgs, TResult>(method);
}
