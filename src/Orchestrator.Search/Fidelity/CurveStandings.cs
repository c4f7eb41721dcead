namespace Orchestrator.Search.Fidelity;

/// <summary>Trials in the order of their ends: what they measured there, or what their curves foretell. Values are turned so that less is better.</summary>
/// <param name="milestones">A trial that has reached so many milestones is judged.</param>
internal sealed class CurveStandings(int milestones)
{
    // The newest so many ended trials are learned from, so that the cost does not grow with the trials.
    private const int MostEnded = 512;

    private readonly Dictionary<int, PartialCurve> _curves = [];
    private readonly Dictionary<int, double?> _ends = [];
    private readonly Queue<int> _ended = [];
    private Ranking? _ranking;

    /// <summary>How many trials are judged.</summary>
    public int Judged => Current.Sorted.Length;

    /// <summary>A trial reported.</summary>
    public void Add(int trial, int epoch, double value)
    {
        if (!_curves.TryGetValue(trial, out var curve)) _curves.Add(trial, curve = new PartialCurve());
        var before = curve.Count;
        curve.Add(epoch, value);
        if (curve.Count > before) _ranking = null;
    }

    /// <summary>A trial ended.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="end">What it measured at its end; null: it did not come there.</param>
    public void End(int trial, double? end)
    {
        if (!_curves.ContainsKey(trial)) return;
        _ranking = null;
        if (_ends.TryAdd(trial, end)) _ended.Enqueue(trial);
        else _ends[trial] = end;
        while (_ended.Count > MostEnded) Forget(_ended.Dequeue());
    }

    /// <summary>A trial that had ended goes on.</summary>
    public void GoOn(int trial)
    {
        if (_ends.ContainsKey(trial)) _ends[trial] = null;
        _ranking = null;
    }

    /// <summary>How many trials end better than this one, as far as is known.</summary>
    public int PlaceOf(int trial) => _curves.ContainsKey(trial) ? Current.Better(Current.Ends[trial]) : Judged;

    /// <summary>How many trials would end better than this one once it has reported this; null where that says no more than its last report, or where nobody has come so far.</summary>
    public int? PlaceAfter(int trial, int epoch, double value)
    {
        var curve = _curves.TryGetValue(trial, out var before) ? new PartialCurve(before) : new PartialCurve();
        var reached = curve.Count;
        curve.Add(epoch, value);
        if (curve.Count == reached || curve.Count > Current.Forecast.Milestones) return null;
        var end = EndOf(null, curve, Current.Forecast);
        // It must not stand in its own way.
        return Current.Better(end) - (reached >= milestones && Current.Ends[trial] < end ? 1 : 0);
    }

    /// <summary>Whether no trial has ended better than this one is foretold to.</summary>
    public bool MayWin(int trial) => !_ends.Values.Any(end => end <= Current.Ends[trial]);

    private Ranking Current => _ranking ??= Rank();

    private Ranking Rank()
    {
        var forecast = new CurveForecast([.. _curves.Select(c => (c.Value, _ends.GetValueOrDefault(c.Key)))]);
        var ends = _curves.ToDictionary(c => c.Key, c => EndOf(_ends.GetValueOrDefault(c.Key), c.Value, forecast));
        return new Ranking(forecast, ends, [.. _curves.Where(c => c.Value.Count >= milestones).Select(c => ends[c.Key]).Order()]);
    }

    /// <summary>One that has measured nothing but infinities and what is no number is foretold nothing good.</summary>
    private static double EndOf(double? end, PartialCurve curve, CurveForecast forecast) =>
        end ?? (double.IsFinite(curve.Newest) ? forecast.End(curve).Mean : double.PositiveInfinity);

    private void Forget(int trial)
    {
        _curves.Remove(trial);
        _ends.Remove(trial);
    }

    /// <summary>The standings until something more is known.</summary>
    /// <param name="Forecast">What foretells.</param>
    /// <param name="Ends">The end of each trial.</param>
    /// <param name="Sorted">Those of the trials that are judged, ascending.</param>
    private sealed record Ranking(CurveForecast Forecast, Dictionary<int, double> Ends, double[] Sorted)
    {
        public int Better(double end)
        {
            var (low, high) = (0, Sorted.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Sorted[middle] < end) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
