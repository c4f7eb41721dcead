using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Training.Checkpointing;

/// <summary>Which registered checkpoints of a trial may go: all but the newest few and the best.</summary>
/// <param name="keep">How many of the newest are kept, at least 1.</param>
/// <param name="metric">Decides which one is the best.</param>
internal sealed class RetentionPolicy(int keep, MetricSpec metric)
{
    private readonly List<CheckpointRecord> _records = [];

    /// <summary>Adds a registered checkpoint.</summary>
    internal void Add(CheckpointRecord record) => _records.Add(record);

    /// <summary>Takes out those that may be deleted now.</summary>
    internal IReadOnlyList<CheckpointRecord> TakeExpired()
    {
        var newest = _records.OrderByDescending(record => record.Step).ThenByDescending(record => record.Attempt.Number).Take(keep);
        var kept = new HashSet<CheckpointRecord>(newest);
        if (Best() is { } best)
            kept.Add(best);
        var expired = _records.Where(record => !kept.Contains(record)).ToList();
        _records.RemoveAll(expired.Contains);
        return expired;
    }

    private CheckpointRecord? Best()
    {
        CheckpointRecord? best = null;
        foreach (var record in _records)
        {
            if (record.Metric is { } value && (best is null || metric.IsBetter(value, best.Metric!.Value)))
                best = record;
        }

        return best;
    }
}
