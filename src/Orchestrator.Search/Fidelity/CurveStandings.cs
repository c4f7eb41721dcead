namespace Orchestrator.Search.Fidelity;

/// <summary>Trials in the order of their ends: what they measured there, or what their curves foretell. Values are turned so that less is better.</summary>
/// <param name="milestones">A trial that has reached so many milestones is judged.</param>
internal sealed class CurveStandings(int milestones)
{
    // The newest so many ended trials are learned from, so that the cost does not grow with the trials.
    private const int MostEnded = 512;

    // Trials are ranked anew once so large a part of them has changed: a change among thousands moves no place by much.
    private const int Part = 128;

    private readonly Dictionary<int, PartialCurve> _curves = [];
    private readonly Dictionary<int, double[]> _configurations = [];
    private readonly Dictionary<int, double?> _ends = [];
    private readonly Queue<int> _ended = [];
    private Ranking _ranking = new(new CurveForecast([]), [], []);
    private int _changes;

    /// <summary>How many trials are judged.</summary>
    public int Judged => _ranking.Sorted.Length;

    /// <summary>A trial began.</summary>
    public void Begin(int trial, double[] configuration) => _configurations[trial] = configuration;

    /// <summary>A trial reported. One that was forgotten goes on unjudged.</summary>
    public void Add(int trial, int epoch, double value)
    {
        if (!_configurations.ContainsKey(trial)) return;
        if (!_curves.TryGetValue(trial, out var curve)) _curves.Add(trial, curve = new PartialCurve());
        var before = curve.Count;
        curve.Add(epoch, value);
        if (curve.Count > before) Changed();
    }

    /// <summary>A trial ended.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="end">What it measured at its end; null: it did not come there.</param>
    public void End(int trial, double? end)
    {
        if (!_curves.ContainsKey(trial))
        {
            _configurations.Remove(trial);
            return;
        }
        if (_ends.TryAdd(trial, end)) _ended.Enqueue(trial);
        else _ends[trial] = end;
        while (_ended.Count > MostEnded) Forget(_ended.Dequeue());
        Changed();
    }

    /// <summary>A trial that had ended goes on.</summary>
    public void GoOn(int trial)
    {
        if (!_ends.ContainsKey(trial)) return;
        _ends[trial] = null;
        Changed();
    }

    /// <summary>How many trials end better than this one, as far as is known.</summary>
    public int PlaceOf(int trial) => _curves.ContainsKey(trial) ? _ranking.Better(EndOf(trial)) : Judged;

    /// <summary>How many trials would end better than this one once it has reported this; null where that says no more than its last report, or where nobody has come so far.</summary>
    public int? PlaceAfter(int trial, int epoch, double value)
    {
        if (!_configurations.TryGetValue(trial, out var configuration)) return null;
        var curve = _curves.TryGetValue(trial, out var before) ? new PartialCurve(before) : new PartialCurve();
        var reached = curve.Count;
        curve.Add(epoch, value);
        if (curve.Count == reached || curve.Count > _ranking.Forecast.Milestones) return null;
        var end = EndOf(new KnownCurve(curve, configuration, null), _ranking.Forecast);
        // It must not stand in its own way.
        return _ranking.Better(end) - (_ranking.Judged.TryGetValue(trial, out var own) && own < end ? 1 : 0);
    }

    /// <summary>Whether no trial has ended better than this one is foretold to.</summary>
    public bool MayWin(int trial)
    {
        var own = EndOf(trial);
        return !_ends.Values.Any(end => end <= own);
    }

    private void Changed()
    {
        if (++_changes * Part < _curves.Count) return;
        _changes = 0;
        var forecast = new CurveForecast([.. _curves.Keys.Select(Known)]);
        var judged = _curves.Where(c => c.Value.Count >= milestones).ToDictionary(c => c.Key, c => EndOf(Known(c.Key), forecast));
        _ranking = new Ranking(forecast, judged, [.. judged.Values.Order()]);
    }

    private double EndOf(int trial) => EndOf(Known(trial), _ranking.Forecast);

    private KnownCurve Known(int trial) => new(_curves[trial], _configurations[trial], _ends.GetValueOrDefault(trial));

    /// <summary>One that has measured nothing but infinities and what is no number is foretold nothing good.</summary>
    private static double EndOf(KnownCurve trial, CurveForecast forecast) =>
        trial.End ?? (double.IsFinite(trial.Curve.Newest) ? forecast.End(trial.Curve, trial.Configuration).Mean : double.PositiveInfinity);

    private void Forget(int trial)
    {
        _curves.Remove(trial);
        _ends.Remove(trial);
        _configurations.Remove(trial);
    }

    /// <summary>The standings when they were last drawn up.</summary>
    /// <param name="Forecast">What foretells.</param>
    /// <param name="Judged">The ends of the trials that are judged.</param>
    /// <param name="Sorted">Those, ascending.</param>
    private sealed record Ranking(CurveForecast Forecast, Dictionary<int, double> Judged, double[] Sorted)
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
