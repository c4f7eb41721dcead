using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A call: its arguments, and the caller's task. Pooled, unless it carries a cancellation token whose callbacks could outlive it.</summary>
internal sealed class GrainRequest<TTarget, TArgs, TResult> : GrainRequest
    where TTarget : class
{
    private readonly GrainMethod<TTarget, TArgs, TResult> _method;
    private readonly Action _onCompleted;
    private TArgs _args = default!;
    private GrainReference _grain = null!;
    private RequestScheduler _scheduler = null!;
    private RequestTarget? _waitedFor;
    private TaskCompletionSource<TResult>? _response;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _registration;
    private ValueTask<TResult> _pending;

    public GrainRequest(GrainMethod<TTarget, TArgs, TResult> method)
    {
        _method = method;
        _onCompleted = OnCompleted;
    }

    /// <value>What the caller of a one-way method gets.</value>
    public static Task<TResult> OneWayResponse { get; } = Task.FromResult<TResult>(default!);

    public override CallOptions Options => _method.Options;
    public override string DisplayName => $"{_method.DisplayName} on {_grain.GrainId}";
    private SiloRuntime Silo => _grain.Silo;

    /// <summary>Fills the request in and returns the task that its caller awaits.</summary>
    public Task<TResult> Prepare(GrainReference grain, RequestTarget target, TArgs args, CancellationToken token)
    {
        _grain = grain;
        _args = args;
        Context = RequestContext.Current;
        Caller = RuntimeContext.Current;
        if (_method.TakesToken) PrepareCancellation(token);
        if (_method.IsOneWay) return OneWayResponse;
        var response = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _response = response;
        if (Caller is not null) Caller.WaitsFor = _waitedFor = target;
        Silo.Timeouts.Watch(this, _method.Timeout);
        if (token.CanBeCanceled) _registration = token.UnsafeRegister(static r => ((GrainRequest<TTarget, TArgs, TResult>)r!).Cancel(), this);
        return response.Task;
    }

    public override void Start(RequestScheduler scheduler)
    {
        _scheduler = scheduler;
        RequestContext.Current = Context;
        ValueTask<TResult> pending;
        try
        {
            var token = _cancellation?.Token ?? default;
            pending = scheduler.IsFiltered
                ? Silo.Filters.ReceiveAsync(_method, (Activation)scheduler, Caller, _args, token)
                : _method.Invoke(scheduler.Instance<TTarget>(), _args, token);
        }
        catch (Exception exception)
        {
            pending = ValueTask.FromException<TResult>(exception);
        }
        if (pending.IsCompleted)
        {
            Finish(pending);
            return;
        }
        _pending = pending;
        pending.GetAwaiter().UnsafeOnCompleted(_onCompleted);
    }

    public override void Reject(Exception reason)
    {
        Fail(reason);
        Recycle();
    }

    public override void Drop()
    {
        // Whoever settled it may still be reading it; the lock that this passes through is theirs.
        TrySettle();
        Recycle();
    }

    internal override Action TimedOut(TimeSpan timeout)
    {
        // The fields are read now: once the lock is released, the callee may finish and reuse this object.
        var (response, cancellation, silo) = (_response!, _cancellation, Silo);
        ForgetWait();
        var stuck = CallCycle is null ? "" : $" It is stuck in a cycle of calls: {CallCycle}. Mark one of the methods [AlwaysInterleave] or its grain [Reentrant].";
        var error = new TimeoutException($"Response did not arrive on time in {timeout} for {DisplayName}.{stuck}");
        return () =>
        {
            if (silo.CancelRequestOnTimeout) CancelQuietly(cancellation);
            response.TrySetException(error);
        };
    }

    private void PrepareCancellation(CancellationToken token) => _cancellation = CancellationTokenSource.CreateLinkedTokenSource(token);

    private void Cancel()
    {
        if (!TrySettle()) return;
        ForgetWait();
        _response!.TrySetCanceled(_cancellation!.Token);
    }

    private void OnCompleted()
    {
        var pending = _pending;
        _pending = default;
        Finish(pending);
    }

    private void Finish(ValueTask<TResult> pending)
    {
        var scheduler = _scheduler;
        try
        {
            Succeed(pending.GetAwaiter().GetResult());
        }
        catch (Exception exception)
        {
            if (exception is InconsistentStateException { IsSourceActivation: true } stale)
            {
                stale.IsSourceActivation = false;
                scheduler.OnStaleState(stale);
            }
            Fail(exception);
        }
        scheduler.OnFinished(this);
        Recycle();
    }

    private void Succeed(TResult result)
    {
        if (_response is null || !TrySettle()) return;
        ForgetWait();
        _response.TrySetResult(result);
    }

    private void Fail(Exception exception)
    {
        if (_response is null)
        {
            Silo.LogOneWayFailed(DisplayName, exception);
            return;
        }
        if (!TrySettle()) return;
        ForgetWait();
        if (exception is OperationCanceledException canceled) _response.TrySetCanceled(canceled.CancellationToken);
        else _response.TrySetException(exception);
    }

    private void ForgetWait()
    {
        if (Caller is { } caller && caller.WaitsFor == _waitedFor) caller.WaitsFor = null;
    }

    private void Recycle()
    {
        if (_cancellation is not null)
        {
            _registration.Dispose();
            _cancellation.Dispose();
            return;
        }
        _args = default!;
        _grain = null!;
        _scheduler = null!;
        _waitedFor = null;
        _response = null;
        Caller = null;
        Context = null;
        CallCycle = null;
        NextWaiting = null;
        Forwards = 0;
        ResetSettled();
        _method.Return(this);
    }

    private static void CancelQuietly(CancellationTokenSource? cancellation)
    {
        try
        {
            cancellation?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The method ended at the same moment: there is nothing left to cancel.
        }
    }
}
