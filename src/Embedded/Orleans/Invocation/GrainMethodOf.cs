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

    public GrainMethod(Type interfaceType, MethodInfo method) : base(interfaceType, method)
    {
        Invoke = MethodInvoker.Compile<TTarget, TArgs, TResult>(method);
        _pool = new DefaultObjectPool<GrainRequest<TTarget, TArgs, TResult>>(new RequestPolicy(this), PooledRequests);
    }

    public Func<TTarget, TArgs, CancellationToken, ValueTask<TResult>> Invoke { get; }

    public GrainRequest<TTarget, TArgs, TResult> Rent() => _pool.Get();

    public void Return(GrainRequest<TTarget, TArgs, TResult> request) => _pool.Return(request);

    private sealed class RequestPolicy(GrainMethod<TTarget, TArgs, TResult> method) : PooledObjectPolicy<GrainRequest<TTarget, TArgs, TResult>>
    {
        public override GrainRequest<TTarget, TArgs, TResult> Create() => new(method);

        public override bool Return(GrainRequest<TTarget, TArgs, TResult> obj) => true;
    }
}
