namespace Orleans.Runtime;

/// <summary>One tick of a timer, admitted as a call would be.</summary>
internal sealed class TimerTick<TState>(GrainTimer<TState> timer) : GrainRequest
{
    public override CallOptions Options => timer.Options;
    public override string DisplayName => timer.DisplayName;
    public override bool IsForOneActivation => true;

    public override async void Start(RequestScheduler scheduler)
    {
        // The callback's errors have been handled; an error here is a fault of the library and should end the process.
        await timer.RunAsync();
        scheduler.OnFinished(this);
    }

    public override void Reject(Exception reason) { }

    public override void Drop() { }

    internal override Action TimedOut(TimeSpan timeout) => throw new NotSupportedException("A tick has no response to wait for.");
}
