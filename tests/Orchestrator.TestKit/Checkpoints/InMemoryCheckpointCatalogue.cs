using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;

namespace Orchestrator.TestKit.Checkpoints;

/// <summary>A catalogue that lasts as long as the object.</summary>
public sealed class InMemoryCheckpointCatalogue : ICheckpointCatalogue
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TrialId, int> _fences = [];
    private readonly Dictionary<(TrialId Trial, string Location), CheckpointRecord> _records = [];

    public Task FenceAsync(AttemptId attempt, CancellationToken cancellationToken)
    {
        lock (_lock) _fences[attempt.Trial] = Math.Max(attempt.Number, _fences.GetValueOrDefault(attempt.Trial));
        return Task.CompletedTask;
    }

    public Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_fences.GetValueOrDefault(record.Attempt.Trial) > record.Attempt.Number) return Task.FromResult(false);
            _records[(record.Attempt.Trial, record.Location)] = record;
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<CheckpointRecord>> ListAsync(TrialId trial, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CheckpointRecord>>(
            [
                .. _records.Values.Where(r => r.Attempt.Trial == trial)
                    .OrderByDescending(r => r.Epoch).ThenByDescending(r => r.Attempt.Number).ThenByDescending(r => r.Step).ThenBy(r => r.Location, StringComparer.Ordinal),
            ]);
        }
    }

    public Task RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken)
    {
        lock (_lock) _records.Remove((trial, location));
        return Task.CompletedTask;
    }

    public Task RemoveAsync(TrialId trial, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _fences.Remove(trial);
            foreach (var key in _records.Keys.Where(key => key.Trial == trial).ToList()) _records.Remove(key);
        }
        return Task.CompletedTask;
    }
}
