using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>The filters of a silo.</summary>
internal sealed class CallFilters(IEnumerable<IIncomingGrainCallFilter> incoming, IEnumerable<IOutgoingGrainCallFilter> outgoing)
{
    public static CallFilters None { get; } = new([], []);

    public IIncomingGrainCallFilter[] Incoming { get; } = [.. incoming];
    public IOutgoingGrainCallFilter[] Outgoing { get; } = [.. outgoing];

    public static CallFilters From(IServiceProvider services) =>
        new(services.GetServices<IIncomingGrainCallFilter>(), services.GetServices<IOutgoingGrainCallFilter>());

    public async ValueTask<TResult> ReceiveAsync<TTarget, TArgs, TResult>(
        GrainMethod<TTarget, TArgs, TResult> method, Activation activation, RequestTarget? source, TArgs args, CancellationToken token)
        where TTarget : class
    {
        var context = new IncomingCall(method, activation, source, Incoming, async () => await method.Invoke(activation.Instance<TTarget>(), args, token));
        await context.Invoke();
        return context.Result is TResult result ? result : default!;
    }

    public async Task<TResult> SendAsync<TTarget, TArgs, TResult>(
        GrainMethod<TTarget, TArgs, TResult> method, GrainReference grain, TArgs args, CancellationToken token)
        where TTarget : class
    {
        var context = new OutgoingCall(method, grain, RuntimeContext.Current, Outgoing, async () => await grain.Send(method, args, token));
        await context.Invoke();
        return context.Result is TResult result ? result : default!;
    }
}
