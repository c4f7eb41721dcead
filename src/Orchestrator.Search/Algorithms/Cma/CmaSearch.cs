using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Cma;

/// <summary>
/// CMA-ES, asynchronous: a generation is as many trials as ended, whichever they are. Ordered parameters are drawn from a normal distribution that
/// adapts; one of few values keeps a deviation that lets it leave its value (the idea of CMA-ES with margin, Hamano et al., GECCO 2022); unordered ones
/// are drawn from shares that move towards the choices of the good trials. When the distribution is spent or stands still it starts anew, with twice the
/// generation (Auger, Hansen: A Restart CMA Evolution Strategy With Increasing Population Size, CEC 2005).
/// </summary>
internal sealed class CmaSearch : ModelSearch
{
    private const double FirstStep = 0.25;
    private const double Narrowest = 1e-4;
    private const double ChoiceRate = 0.3;
    private const int MostPopulation = 200;

    private readonly long _seed;
    private readonly int[] _ordered;
    private readonly List<Observed> _generation = [];
    private CmaDistribution? _distribution;
    private double[][] _shares = [];
    private int _population;
    private int _restarts;
    private double _best = double.PositiveInfinity;
    private int _standstill;

    public CmaSearch(ModelSpace space, Objectives objectives, long seed) : base(space, objectives, seed)
    {
        _seed = seed;
        _ordered = [.. Enumerable.Range(0, space.Axes.Length).Where(axis => space.Axes[axis].IsOrdered)];
        _population = 4 + (int)(3 * Math.Log(Math.Max(1, space.Axes.Length)));
        Start();
    }

    protected override double[] Choose(int trialNumber, ref SplitMix64 random)
    {
        var point = new double[Space.Axes.Length];
        for (var axis = 0; axis < point.Length; axis++)
            if (!Space.Axes[axis].IsOrdered) point[axis] = Draw(_shares[axis], ref random);
        if (_distribution is { } distribution)
        {
            var place = distribution.Sample(ref random);
            for (var i = 0; i < _ordered.Length; i++) point[_ordered[i]] = Space.FromUnit(_ordered[i], Fold(place[i] + Margin(distribution, i, ref random)));
        }
        Space.Complete(point, ref random);
        return point;
    }

    protected override void OnEnded(Observed trial)
    {
        _generation.Add(trial);
        if (_generation.Count < _population) return;
        _generation.Sort(Observed.BestFirst);
        LearnChoices();
        // An axis that a trial did not have tells nothing of where it should be.
        _distribution?.Learn([.. _generation.Select(o => _ordered.Select((axis, i) => double.IsNaN(o.Point[axis]) ? _distribution.Mean[i] : o.Point[axis]).ToArray())]);
        _standstill = _generation[0].Value < _best ? 0 : _standstill + 1;
        _best = Math.Min(_best, _generation[0].Value);
        _generation.Clear();
        if (_distribution?.IsSpent(Narrowest) != true && _standstill < 10 + 30 * Space.Axes.Length / _population) return;
        _restarts++;
        _population = Math.Min(MostPopulation, 2 * _population);
        Start();
    }

    private void Start()
    {
        _best = double.PositiveInfinity;
        _standstill = 0;
        _shares = [.. Space.Axes.Select((axis, i) => axis.IsOrdered ? [] : Space.Probabilities(i))];
        if (_ordered.Length == 0) return;
        var random = SplitMix64.ForStream(_seed, -1 - _restarts);
        var mean = new double[_ordered.Length];
        for (var i = 0; i < mean.Length; i++) mean[i] = _restarts == 0 ? 0.5 : random.NextDouble();
        _distribution = new CmaDistribution(mean, FirstStep, _population);
    }

    private void LearnChoices()
    {
        var good = Math.Max(1, _generation.Count / 2);
        for (var axis = 0; axis < _shares.Length; axis++)
        {
            var shares = _shares[axis];
            if (shares.Length == 0) continue;
            var there = _generation.Take(good).Where(o => !double.IsNaN(o.Point[axis])).ToList();
            if (there.Count == 0) continue;
            // No choice dies out.
            var least = 0.1 / shares.Length;
            for (var choice = 0; choice < shares.Length; choice++)
            {
                var share = there.Count(o => (int)o.Point[axis] == choice) / (double)there.Count;
                shares[choice] = Math.Max(least, (1 - ChoiceRate) * shares[choice] + ChoiceRate * share);
            }
            var sum = shares.Sum();
            for (var choice = 0; choice < shares.Length; choice++) shares[choice] /= sum;
        }
    }

    private double Margin(CmaDistribution distribution, int i, ref SplitMix64 random)
    {
        if (Space.Axes[_ordered[i]].Count is not { } count) return 0;
        var least = 0.4 / count;
        var deviation = distribution.Deviation(i);
        return deviation >= least ? 0 : Math.Sqrt(least * least - deviation * deviation) * random.NextNormal();
    }

    private static double Draw(double[] shares, ref SplitMix64 random)
    {
        var rest = random.NextDouble();
        var choice = 0;
        while (choice < shares.Length - 1 && (rest -= shares[choice]) >= 0) choice++;
        return choice;
    }

    /// <summary>Mirrors at the ends what lies outside of [0, 1].</summary>
    private static double Fold(double unit)
    {
        unit = Math.Abs(unit) % 2;
        return unit > 1 ? 2 - unit : unit;
    }
}
