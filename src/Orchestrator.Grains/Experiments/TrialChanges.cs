namespace Orchestrator.Grains.Experiments;

/// <summary>Which trials changed after a revision, in O(changed log n). Kept in memory only: revisions begin anew with each activation.</summary>
internal sealed class TrialChanges
{
    private readonly Dictionary<int, long> _revisionOf = [];
    private readonly SortedDictionary<long, int> _trialAt = [];
    private readonly SortedSet<long> _order = [];

    /// <summary>The newest revision.</summary>
    public long Revision { get; private set; }

    /// <summary>A trial changed.</summary>
    public void Touch(int trial)
    {
        if (_revisionOf.TryGetValue(trial, out var old))
        {
            _trialAt.Remove(old);
            _order.Remove(old);
        }
        _revisionOf[trial] = ++Revision;
        _trialAt[Revision] = trial;
        _order.Add(Revision);
    }

    /// <summary>The trials that changed after <paramref name="revision"/>, by number. All of them where the revision is not one of this activation.</summary>
    public IReadOnlyList<int> After(long revision)
    {
        if (revision <= 0 || revision > Revision) return [.. _revisionOf.Keys.Order()];
        if (revision == Revision) return [];
        return [.. _order.GetViewBetween(revision + 1, long.MaxValue).Select(r => _trialAt[r]).Order()];
    }
}
