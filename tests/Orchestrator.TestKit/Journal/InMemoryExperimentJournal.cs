using System.Runtime.CompilerServices;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;

namespace Orchestrator.TestKit.Journal;

/// <summary>A journal that lasts as long as the object. It keeps JSON, so that what can't be written or read back fails as it would in a real store.</summary>
public sealed class InMemoryExperimentJournal : IExperimentJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ExperimentId, List<byte[]>> _events = [];
    private readonly List<ExperimentId> _order = [];

    public Task<long> AppendAsync(ExperimentId experiment, long expectedVersion, IReadOnlyList<ExperimentEvent> events, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        if (events.Count == 0) throw new ArgumentException("An append has at least one event.", nameof(events));
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<long>(cancellationToken);
        var bodies = events.Select(ExperimentEventJson.Serialize).ToArray();
        lock (_lock)
        {
            var version = _events.TryGetValue(experiment, out var log) ? log.Count == 0 ? JournalConflictException.Removed : log.Count : 0;
            if (version != expectedVersion) return Task.FromException<long>(new JournalConflictException(experiment, expectedVersion, version));
            if (log is null)
            {
                _events[experiment] = log = [];
                _order.Add(experiment);
            }
            log.AddRange(bodies);
            return Task.FromResult<long>(log.Count);
        }
    }

    public async IAsyncEnumerable<(long Version, ExperimentEvent Event)> ReadAsync(
        ExperimentId experiment, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        for (var version = afterVersion + 1; Body(experiment, version) is { } body; version++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (version, ExperimentEventJson.Deserialize(body));
        }
    }

    public Task RemoveAsync(ExperimentId experiment, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedVersion);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        lock (_lock)
        {
            if (!_events.TryGetValue(experiment, out var log) || log.Count == 0) return Task.CompletedTask;
            if (log.Count != expectedVersion) return Task.FromException(new JournalConflictException(experiment, expectedVersion, log.Count));
            log.Clear();
            _order.Remove(experiment);
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<ExperimentId>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<ExperimentId>>([.. _order]);
    }

    private byte[]? Body(ExperimentId experiment, long version)
    {
        lock (_lock) return _events.TryGetValue(experiment, out var log) && version <= log.Count ? log[(int)version - 1] : null;
    }
}
