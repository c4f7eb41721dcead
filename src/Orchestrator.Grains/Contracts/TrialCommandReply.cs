namespace Orchestrator.Grains.Contracts;

/// <summary>What became of something that a person asked of a trial.</summary>
/// <param name="Trial">The trial, or the new one where it was forked; 0 where it was refused.</param>
/// <param name="Refusal">Why it can't be done; null: it was done, or was so already.</param>
/// <param name="IsUnknown">Whether it was refused because there is no such trial.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.TrialCommandReply")]
public sealed record TrialCommandReply(
    [property: Id(0)] int Trial,
    [property: Id(1)] string? Refusal = null,
    [property: Id(2)] bool IsUnknown = false);
