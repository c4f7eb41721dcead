using System.Reflection;
using Microsoft.Extensions.ObjectPool;

namespace Orleans.Runtime;

/// <summary>A grain method with its compiled call and the pool of its requests. One for all silos of the process.</summary>
/// <typeparam name="TTarget">The interface that declares the method.</typeparam>
/// <typeparam name="TArgs">A value tuple of the parameters, without the cancellation token.</typeparam>
/// <typeparam name="TResult">What the returned task yields; <see cref="NoResult"/> if nothing.</typeparam>
internal sealed class GrainMethod<TTarget, TArgs, TResult> : GrainMethod
    where TTarget : class
{
    private const int PooledRequests = 1024;

    private readonly ObjectPool<GrainRequest<TTarget, TArgs, TResult>> _pool;

    /// <summary>A method of a grain interface.</summary>
    public GrainMethod(Type interfaceType, MethodInfo method) : base(interfaceType, method)
    {
        Invoke = MethodInvoker.Compile<TTarget, TArgs, TResult>(method);
        _pool = NewPool();
    }

    /// <summary>Something that the library itself does in the turns of a grain.</summary>
    public GrainMethod(Type interfaceType, MethodInfo method, CallOptions options, Func<TTarget, TArgs, CancellationToken, ValueTask<TResult>> invoke)
        : base(interfaceType, method, options)
    {
        Invoke = invoke;
        _pool = NewPool();
    }

    public Func<TTarget, TArgs, CancellationToken, ValueTask<TResult>> Invoke { get; }

    public GrainRequest<TTarget, TArgs, TResult> Rent() => _pool.Get();

    public void Return(GrainRequest<TTarget, TArgs, TResult> request) => _pool.Return(request);

    private DefaultObjectPool<GrainRequest<TTarget, TArgs, TResult>> NewPool() => new(new RequestPolicy(this), PooledRequests);

    private sealed class RequestPolicy(GrainMethod<TTarget, TArgs, TResult> method) : PooledObjectPolicy<GrainRequest<TTarget, TArgs, TResult>>
    {
        public override GrainRequest<TTarget, TArgs, TResult> Create() => new(method);

        public override bool Return(GrainRequest<TTarget, TArgs, TResult> obj) => true;
    }
}
