using System.Collections.Immutable;
using Orchestrator.Domain.Experiments;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

/// <summary>What is known in memory about a running attempt: which ranks have ended, how far it is, and whether it broke off.</summary>
/// <param name="trial">The trial, with its newest attempt running.</param>
internal sealed class AttemptTracker(Trial trial)
{
    private readonly bool[] _ended = new bool[trial.Workers.Count];

    /// <summary>The attempt.</summary>
    public AttemptKey Attempt { get; } = trial.CurrentAttempt.ToKey();

    /// <summary>The newest progress.</summary>
    public RankProgress? Progress { get; set; }

    /// <summary>The first sign that the attempt broke off without a cause of its own, and when it counts as that.</summary>
    public (AttemptEnded End, DateTimeOffset Due)? Broken { get; private set; }

    /// <summary>Whether all ranks have ended.</summary>
    public bool AllEnded => Array.TrueForAll(_ended, e => e);

    /// <summary>The workers whose rank has not ended.</summary>
    public ImmutableArray<string> Alive => [.. trial.Workers.Where((_, rank) => !_ended[rank])];

    /// <summary>The worker of a rank; null where there is no such rank.</summary>
    public string? WorkerOf(int rank) => rank >= 0 && rank < trial.Workers.Count ? trial.Workers[rank] : null;

    /// <summary>
    /// A rank broke off, or stopped without being told to by the experiment. The first one counts, unless a later one says that it is the cause: that its worker left in order.
    /// </summary>
    public void Break(AttemptEnded ended, DateTimeOffset due)
    {
        var isCause = ended is { Outcome: AttemptOutcome.Stopped, Reason: not null };
        if (Broken is null || isCause) Broken = (ended with { Outcome = AttemptOutcome.Interrupted }, Broken?.Due ?? due);
    }

    /// <summary>A rank has ended.</summary>
    public void End(int rank)
    {
        if (rank >= 0 && rank < _ended.Length) _ended[rank] = true;
    }
}
