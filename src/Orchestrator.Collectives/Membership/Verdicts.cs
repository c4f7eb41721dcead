using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Membership;

/// <summary>Verdicts on the wire.</summary>
internal static class Verdicts
{
    /// <summary>Longest message that is passed on, in characters.</summary>
    private const int MaxMessage = 4096;

    public static GroupFailed ToMessage(CollectiveException verdict) => new()
    {
        Code = verdict.Code switch
        {
            CollectiveErrorCode.PeerLost => GroupFailed.Types.Code.PeerLost,
            CollectiveErrorCode.TimedOut => GroupFailed.Types.Code.TimedOut,
            CollectiveErrorCode.Aborted => GroupFailed.Types.Code.Aborted,
            _ => GroupFailed.Types.Code.Mismatch,
        },
        Message = verdict.Message[..Math.Min(verdict.Message.Length, MaxMessage)],
    };

    public static CollectiveException ToException(GroupFailed failed) => new(
        failed.Code switch
        {
            GroupFailed.Types.Code.TimedOut => CollectiveErrorCode.TimedOut,
            GroupFailed.Types.Code.Aborted => CollectiveErrorCode.Aborted,
            GroupFailed.Types.Code.Mismatch => CollectiveErrorCode.Mismatch,
            _ => CollectiveErrorCode.PeerLost,
        },
        failed.Message);
}
