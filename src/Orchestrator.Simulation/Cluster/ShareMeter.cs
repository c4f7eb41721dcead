namespace Orchestrator.Simulation.Cluster;

/// <summary>How the workers' time is shared among teams: exact, minute by minute.</summary>
/// <param name="queues">The teams' queues and their weights.</param>
internal sealed class ShareMeter(IReadOnlyList<(string Name, double Weight)> queues)
{
    private const int Window = 60;

    private readonly Dictionary<string, int> _index = queues.Select((q, i) => (q.Name, i)).ToDictionary(q => q.Name, q => q.i, StringComparer.Ordinal);
    private readonly int[] _slots = new int[queues.Count];
    private readonly double[] _minute = new double[queues.Count];
    private readonly double[] _total = new double[queues.Count];
    private readonly Queue<double[]> _window = new();
    private readonly double[] _hour = new double[queues.Count];
    private double _since;

    public double? WorstHour { get; private set; }

    public int Hours { get; private set; }

    /// <summary>Slots that attempts have now.</summary>
    public int Taken { get; private set; }

    /// <summary>Slot-seconds that attempts have had.</summary>
    public double SlotSeconds { get; private set; }

    public void Change(string queue, int slots, double now)
    {
        Advance(now);
        _slots[_index[queue]] += slots;
        Taken += slots;
    }

    /// <summary>A minute is over.</summary>
    /// <param name="now">Seconds.</param>
    /// <param name="allWantMore">Whether every team has wanted more all through it.</param>
    public void EndMinute(double now, bool allWantMore)
    {
        Advance(now);
        if (!allWantMore)
        {
            _window.Clear();
            Array.Clear(_hour);
        }
        else
        {
            Slide((double[])_minute.Clone());
        }
        Array.Clear(_minute);
    }

    public IReadOnlyList<TeamShare> Shares()
    {
        var (weights, sum) = (queues.Sum(q => q.Weight), _total.Sum());
        return [.. queues.Select((q, i) => new TeamShare(q.Name, q.Weight / weights, sum > 0 ? _total[i] / sum : 0))];
    }

    private void Slide(double[] minute)
    {
        _window.Enqueue(minute);
        for (var i = 0; i < minute.Length; i++)
        {
            _hour[i] += minute[i];
            _total[i] += minute[i];
        }
        if (_window.Count < Window) return;
        if (_window.Count > Window)
        {
            var old = _window.Dequeue();
            for (var i = 0; i < old.Length; i++) _hour[i] -= old[i];
        }
        var (weights, sum) = (queues.Sum(q => q.Weight), _hour.Sum());
        if (sum <= 0) return;
        Hours++;
        for (var i = 0; i < _hour.Length; i++) WorstHour = Math.Max(WorstHour ?? 0, Math.Abs(_hour[i] / sum - queues[i].Weight / weights));
    }

    private void Advance(double now)
    {
        var elapsed = now - _since;
        _since = now;
        for (var i = 0; i < _slots.Length; i++) _minute[i] += _slots[i] * elapsed;
        SlotSeconds += Taken * elapsed;
    }
}
