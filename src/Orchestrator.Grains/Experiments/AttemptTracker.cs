using System.Collections.Immutable;
using Orchestrator.Domain.Experiments;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

/// <summary>What is known in memory about a running attempt: which ranks have ended or wait, how far it is, and whether it broke off.</summary>
/// <param name="trial">The trial, with its newest attempt running.</param>
internal sealed class AttemptTracker(Trial trial)
{
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>The attempt.</summary>
    public AttemptKey Attempt { get; } = trial.CurrentAttempt.ToKey();

    /// <summary>The newest progress.</summary>
    public RankProgress? Progress { get; set; }

    /// <summary>The first sign that the attempt broke off without a cause of its own, and when it counts as that.</summary>
    public (AttemptEnded End, DateTimeOffset Due)? Broken { get; private set; }

    /// <summary>Whether all ranks have ended.</summary>
    public bool AllEnded => trial.Workers.All(_ended.Contains);

    /// <summary>The workers whose rank has not ended.</summary>
    public ImmutableArray<string> Alive => [.. trial.Workers.Where(worker => !_ended.Contains(worker))];

    /// <summary>The workers whose rank has ended.</summary>
    public IReadOnlyCollection<string> Ended => _ended;

    /// <summary>Whether a rank waits for the next generation of the process group.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>The workers whose rank has neither ended nor waits.</summary>
    public IEnumerable<string> Unheard => Alive.Where(worker => !_waiting.Contains(worker));

    /// <summary>Whether a worker has one of the ranks.</summary>
    public bool Has(string worker) => trial.Workers.Contains(worker, StringComparer.Ordinal);

    /// <summary>Whether a worker has rank 0, which reports and saves.</summary>
    public bool IsFirst(string worker) => trial.Workers[0] == worker;

    /// <summary>
    /// A rank broke off, or stopped without being told to by the experiment. The first one counts, unless a later one says that it is the cause: that its worker left in order.
    /// </summary>
    public void Break(AttemptEnded ended, DateTimeOffset due)
    {
        var isCause = ended is { Outcome: AttemptOutcome.Stopped, Reason: not null };
        if (Broken is null || isCause) Broken = (ended with { Outcome = AttemptOutcome.Interrupted }, Broken?.Due ?? due);
    }

    /// <summary>The rank of a worker has ended.</summary>
    public void End(string worker)
    {
        _ended.Add(worker);
        _waiting.Remove(worker);
    }

    /// <summary>The rank of a worker waits for the next generation.</summary>
    public void Wait(string worker) => _waiting.Add(worker);

    /// <summary>There is a new generation: who waits now, waits for the one after it.</summary>
    public void Regrouped() => _waiting.Clear();
}
