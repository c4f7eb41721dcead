using Orchestrator.Domain.Identity;

namespace Orchestrator.Placement;

/// <summary>The pool's view of one worker.</summary>
public sealed class Slot
{
    internal Slot(WorkerOffer offer, Device device, MemoryPool memory, DateTimeOffset now)
    {
        Offer = offer;
        Device = device;
        Memory = memory;
        LastSeen = JoinedAt = now;
        Heard = new LinkedListNode<Slot>(this);
    }

    /// <summary>What the worker brought.</summary>
    public WorkerOffer Offer { get; }

    /// <summary>The device that it is on.</summary>
    public Device Device { get; }

    /// <summary>When it joined.</summary>
    public DateTimeOffset JoinedAt { get; }

    /// <summary>When it was last heard.</summary>
    public DateTimeOffset LastSeen { get; internal set; }

    /// <summary>The gang that it is set aside for while the experiment decides; null otherwise.</summary>
    public Gang? Reserved { get; internal set; }

    /// <summary>The attempt that it runs or is to run; null when it is free or set aside.</summary>
    public AttemptId? Attempt => Run?.Attempt;

    /// <summary>Whether it takes no new attempts because it is about to leave.</summary>
    public bool Draining { get; internal set; }

    /// <summary>Whether a gang may take it.</summary>
    public bool IsFree => Reserved is null && Run is null && !Draining;

    /// <summary>The run that it is part of.</summary>
    internal GangRun? Run { get; set; }

    /// <summary>What it takes of its device, in thousandths; 0 when free.</summary>
    public int Charge { get; internal set; }

    /// <summary>What it takes of the memory, in megabytes; 0 when free.</summary>
    public long MemoryCharge { get; internal set; }

    /// <summary>The memory that its trial is in.</summary>
    internal MemoryPool Memory { get; }

    /// <summary>Whether a search passes over it: the host is excluded, or has too little memory.</summary>
    internal bool IsHidden { get; set; }

    /// <summary>Its place in the order in which workers were heard.</summary>
    internal LinkedListNode<Slot> Heard { get; }
}
