namespace Orleans.Runtime;

/// <summary>What the emitted proxies call: one method for each kind of return type.</summary>
internal static class ProxyCalls
{
    public static Task<TResult> TaskOf<TTarget, TArgs, TResult>(
        GrainReference grain, GrainMethod<TTarget, TArgs, TResult> method, TArgs args, CancellationToken token)
        where TTarget : class =>
        grain.Call(method, args, token);

    public static Task Task<TTarget, TArgs, TResult>(
        GrainReference grain, GrainMethod<TTarget, TArgs, TResult> method, TArgs args, CancellationToken token)
        where TTarget : class =>
        grain.Call(method, args, token);

    public static ValueTask<TResult> ValueTaskOf<TTarget, TArgs, TResult>(
        GrainReference grain, GrainMethod<TTarget, TArgs, TResult> method, TArgs args, CancellationToken token)
        where TTarget : class =>
        new(grain.Call(method, args, token));

    public static ValueTask ValueTask<TTarget, TArgs, TResult>(
        GrainReference grain, GrainMethod<TTarget, TArgs, TResult> method, TArgs args, CancellationToken token)
        where TTarget : class =>
        new(grain.Call(method, args, token));

    public static IAsyncEnumerable<TResult> Stream<TTarget, TArgs, TResult>(
        GrainReference grain, StreamMethod<TTarget, TArgs, TResult> method, TArgs args, CancellationToken token)
        where TTarget : class =>
        new GrainStream<TResult>(grain, (target, cancel) => method.Invoke((TTarget)target, args, cancel), token, GrainStream<TResult>.DefaultBatchSize);

    public static void Void<TTarget, TArgs, TResult>(
        GrainReference grain, GrainMethod<TTarget, TArgs, TResult> method, TArgs args, CancellationToken token)
        where TTarget : class =>
        _ = grain.Call(method, args, token);
}
