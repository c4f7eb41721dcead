using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>Compiles the call of an interface method with its arguments in a value tuple.</summary>
internal static class MethodInvoker
{
    /// <summary>The call of a method that returns a task of any kind.</summary>
    public static Func<TTarget, TArgs, CancellationToken, ValueTask<TResult>> Compile<TTarget, TArgs, TResult>(MethodInfo method) =>
        Compile<TTarget, TArgs, ValueTask<TResult>>(method, Adapt<TResult>);

    /// <summary>The call of a method that returns an async enumerable.</summary>
    public static Func<TTarget, TArgs, CancellationToken, IAsyncEnumerable<TResult>> CompileStream<TTarget, TArgs, TResult>(MethodInfo method) =>
        Compile<TTarget, TArgs, IAsyncEnumerable<TResult>>(method, static call => call);

    private static Func<TTarget, TArgs, CancellationToken, TReturn> Compile<TTarget, TArgs, TReturn>(MethodInfo method, Func<Expression, Expression> adapt)
    {
        var target = Expression.Parameter(typeof(TTarget));
        var args = Expression.Parameter(typeof(TArgs));
        var token = Expression.Parameter(typeof(CancellationToken));
        var values = new List<Expression>();
        Expression rest = args;
        var item = 1;
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType == typeof(CancellationToken))
            {
                values.Add(token);
                continue;
            }
            if (item == ArgumentTuple.ItemsPerTuple + 1)
            {
                rest = Expression.Field(rest, "Rest");
                item = 1;
            }
            values.Add(Expression.Field(rest, $"Item{item++}"));
        }
        var call = Expression.Call(Expression.Convert(target, method.DeclaringType!), method, values);
        return Expression.Lambda<Func<TTarget, TArgs, CancellationToken, TReturn>>(adapt(call), target, args, token).Compile();
    }

    private static Expression Adapt<TResult>(Expression call)
    {
        if (call.Type == typeof(ValueTask<TResult>)) return call;
        if (call.Type == typeof(void)) return Expression.Block(call, Expression.Default(typeof(ValueTask<TResult>)));
        if (call.Type == typeof(Task<TResult>)) return Expression.New(typeof(ValueTask<TResult>).GetConstructor([typeof(Task<TResult>)])!, call);
        if (call.Type == typeof(Task)) return Expression.Call(typeof(MethodInvoker), nameof(FromTask), null, call);
        if (call.Type == typeof(ValueTask)) return Expression.Call(typeof(MethodInvoker), nameof(FromValueTask), null, call);
        throw new InvalidOperationException($"A grain method returned {call.Type}, expected {typeof(TResult)}.");
    }

    private static ValueTask<NoResult> FromTask(Task task) => task.IsCompletedSuccessfully ? default : Await(task);

    private static ValueTask<NoResult> FromValueTask(ValueTask task) => task.IsCompletedSuccessfully ? default : Await(task);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<NoResult> Await(Task task)
    {
        await task;
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<NoResult> Await(ValueTask task)
    {
        await task;
        return default;
    }
}
