namespace Orleans.Runtime;

internal sealed class GrainTimer<TState> : IGrainTimer, IActivationPart
{
    private readonly Activation _activation;
    private readonly Func<TState, CancellationToken, Task> _callback;
    private readonly TState _state;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private bool _isRunning;
    private bool _changedWhileRunning;

    public GrainTimer(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        (_activation, _callback, _state, _options, _period) = (activation, callback, state, options, options.Period);
        activation.Add(this);
        _timer = activation.Silo.Time.CreateDetachedTimer(static timer => ((GrainTimer<TState>)timer!).Tick(), this);
        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public CallOptions Options => _options.Interleave ? CallOptions.AlwaysInterleave : CallOptions.None;
    public string DisplayName => $"Timer of {_activation.GrainId}";
    private bool IsStopped => _stopped.IsCancellationRequested;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        if (IsStopped) return;
        _period = period;
        _changedWhileRunning = _isRunning;
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        Stop();
        _activation.Remove(this);
    }

    Task IActivationPart.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Stop()
    {
        _timer.Dispose();
        _stopped.Cancel();
    }

    /// <summary>Runs the callback, in a turn of the activation.</summary>
    public async Task RunAsync()
    {
        if (IsStopped) return;
        if (_options.KeepAlive) _activation.Touch();
        (_isRunning, _changedWhileRunning) = (true, false);
        try
        {
            await _callback(_state, _stopped.Token);
        }
        catch (Exception exception)
        {
            if (!IsStopped) _activation.Silo.LogTimerFailed(DisplayName, exception);
        }
        _isRunning = false;
        if (!IsStopped && !_changedWhileRunning) _timer.Change(_period, Timeout.InfiniteTimeSpan);
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
    }

    private void Tick() => _activation.Send(new TimerTick<TState>(this));
}
