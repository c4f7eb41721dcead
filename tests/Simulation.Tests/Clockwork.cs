using Orchestrator.Domain.Randomness;

namespace Orchestrator.Simulation.Tests;

/// <summary>Virtual time: runs actions in the order of their times; those of one time in the order in which they were planned.</summary>
/// <param name="seed">Of all that is random.</param>
/// <param name="start">The time at its beginning; null: that of Unix.</param>
internal sealed class Clockwork(long seed, DateTimeOffset? start = null)
{
    private readonly PriorityQueue<Action, (double Time, long Number)> _plan = new();
    private SplitMix64 _random = SplitMix64.ForStream(seed, 1);
    private long _planned;

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds { get; private set; }

    public DateTimeOffset Now => (start ?? DateTimeOffset.UnixEpoch).AddSeconds(Seconds);

    public void In(double seconds, Action action) => _plan.Enqueue(action, (Seconds + seconds, _planned++));

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    /// <summary>A message: it takes its time, so that messages overtake one another, and may be lost or come twice.</summary>
    public void Send(Faults faults, Action receive)
    {
        if (!Chance(faults.Dropped)) In(Between(0.01, 2), receive);
        if (Chance(faults.Doubled)) In(Between(0.01, 5), receive);
    }

    /// <summary>Runs the next action; false where none is planned.</summary>
    public bool Step()
    {
        if (!_plan.TryDequeue(out var action, out var at)) return false;
        Seconds = at.Time;
        action();
        return true;
    }
}
