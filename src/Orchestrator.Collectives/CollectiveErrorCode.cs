namespace Orchestrator.Collectives;

/// <summary>Why a process group failed.</summary>
public enum CollectiveErrorCode
{
    /// <summary>A rank's process, or the network to it, is gone, or the rank left the group.</summary>
    PeerLost,

    /// <summary>A rank did not take part within the group's time-out.</summary>
    TimedOut,

    /// <summary>A rank ended the group on purpose: disposal or cancellation.</summary>
    Aborted,

    /// <summary>Ranks disagree: on the call, the counts, the element types, or the group itself.</summary>
    Mismatch,
}
