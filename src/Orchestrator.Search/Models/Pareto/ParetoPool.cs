namespace Orchestrator.Search.Models.Pareto;

/// <summary>The best trials with several metrics, at most twice as many as wanted, so that a proposal's cost does not grow with the trials.</summary>
/// <param name="wanted">How many are kept for certain.</param>
internal sealed class ParetoPool(int wanted)
{
    private readonly List<Observed> _trials = [];
    private List<(Observed Trial, int Front)>? _sorted;

    /// <summary>The trials and their fronts, the best first.</summary>
    public IReadOnlyList<(Observed Trial, int Front)> Sorted => _sorted ??= ParetoRanks.Sort(_trials);

    public void Add(Observed trial)
    {
        // A trial that went on after it had ended is known anew.
        _trials.RemoveAll(known => known.Trial == trial.Trial);
        _trials.Add(trial);
        _sorted = null;
        if (_trials.Count < 2 * wanted) return;
        var kept = ParetoRanks.Sort(_trials).Take(wanted).Select(t => t.Trial).ToList();
        _trials.Clear();
        _trials.AddRange(kept);
    }
}
