namespace Orchestrator.Simulation.Cluster;

/// <summary>Virtual time: what is planned comes in the order of its time, and what is planned for one time in the order in which it was planned.</summary>
internal sealed class VirtualClock<T>
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<T, (double Time, long Number)> _plan = new(Comparer<(double Time, long Number)>.Create((x, y) =>
        x.Time != y.Time ? x.Time.CompareTo(y.Time) : x.Number.CompareTo(y.Number)));
    private long _planned;

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds { get; private set; }

    public DateTimeOffset Now => Start.AddTicks((long)(Seconds * TimeSpan.TicksPerSecond));

    public void In(double seconds, T what) => _plan.Enqueue(what, (Seconds + seconds, _planned++));

    /// <summary>Goes on to what is next; false where nothing is planned.</summary>
    public bool Next(out T what)
    {
        if (!_plan.TryDequeue(out what!, out var at)) return false;
        Seconds = at.Time;
        return true;
    }
}
