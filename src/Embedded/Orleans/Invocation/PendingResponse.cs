namespace Orleans.Runtime;

/// <summary>A caller that waits. It is settled once: by a response, a time-out or a cancellation, whichever comes first.</summary>
internal abstract class PendingResponse
{
    private int _settled;

    internal PendingResponse? Previous { get; set; }
    internal PendingResponse? Following { get; set; }
    internal TimeoutList? TimeoutList { get; set; }
    internal long Started { get; set; }
    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>True for the one caller that may give the outcome.</summary>
    public bool TrySettle() => TimeoutList is { } list ? list.TryRemove(this) : TryMarkSettled();

    internal bool TryMarkSettled() => Interlocked.Exchange(ref _settled, 1) == 0;

    /// <summary>What to do when the time is over. Called once, settled, under the list's lock: the action runs after it.</summary>
    internal abstract Action TimedOut(TimeSpan timeout);

    protected void ResetSettled()
    {
        TimeoutList = null;
        _settled = 0;
    }
}
