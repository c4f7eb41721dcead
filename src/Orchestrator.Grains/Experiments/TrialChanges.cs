namespace Orchestrator.Grains.Experiments;

/// <summary>Which trials changed after a revision, in O(changed log n). Kept in memory only.</summary>
/// <param name="began">When the activation began: its revisions are greater than those of any before it, so that who watched that one sees all trials anew.</param>
internal sealed class TrialChanges(DateTimeOffset began)
{
    private readonly Dictionary<int, long> _revisionOf = [];
    private readonly SortedDictionary<long, int> _trialAt = [];
    private readonly SortedSet<long> _order = [];

    /// <summary>The newest revision.</summary>
    public long Revision { get; private set; } = began.UtcTicks;

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

    /// <summary>The trials that changed after <paramref name="revision"/>, by number. All of them where the revision is older than this activation.</summary>
    public IReadOnlyList<int> After(long revision)
    {
        if (revision == Revision) return [];
        return [.. _order.GetViewBetween(revision + 1, long.MaxValue).Select(r => _trialAt[r]).Order()];
    }
}
