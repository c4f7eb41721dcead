using Orchestrator.Domain.Identity;

namespace Orchestrator.Placement;

/// <summary>The pool's view of one worker.</summary>
public sealed class Slot
{
    internal Slot(WorkerOffer offer, DateTimeOffset now)
    {
        Offer = offer;
        LastSeen = JoinedAt = now;
    }

    /// <summary>What the worker brought.</summary>
    public WorkerOffer Offer { get; internal set; }

    /// <summary>When it joined.</summary>
    public DateTimeOffset JoinedAt { get; }

    /// <summary>When it was last heard.</summary>
    public DateTimeOffset LastSeen { get; internal set; }

    /// <summary>The gang that it is set aside for while the experiment decides; null otherwise.</summary>
    public Gang? Reserved { get; internal set; }

    /// <summary>The attempt that it runs or is to run; null when it is free or set aside.</summary>
    public AttemptId? Attempt { get; internal set; }

    /// <summary>Whether it takes no new attempts because it is about to leave.</summary>
    public bool Draining { get; internal set; }

    /// <summary>Whether a gang may take it.</summary>
    public bool IsFree => Reserved is null && Attempt is null && !Draining;
}
