namespace Orchestrator.Worker.Attempts;

/// <summary>Tells how long a run still takes, from the steps that it has taken so far. Used by one thread.</summary>
internal sealed class SpeedMeter(TimeProvider time)
{
    private long _since;
    private long _firstStep;

    /// <summary>Seconds for the steps left; 0 while that is unknown.</summary>
    public double SecondsLeft(long step, long steps)
    {
        if (_since == 0)
        {
            (_since, _firstStep) = (time.GetTimestamp(), step);
            return 0;
        }
        var taken = step - _firstStep;
        return taken <= 0 ? 0 : time.GetElapsedTime(_since).TotalSeconds / taken * Math.Max(0, steps - step);
    }
}
