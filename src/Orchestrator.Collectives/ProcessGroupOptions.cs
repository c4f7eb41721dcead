using Orchestrator.Domain.Specs;

namespace Orchestrator.Collectives;

/// <summary>One rank's view of the group that it joins.</summary>
public sealed record ProcessGroupOptions
{
    /// <summary>Longest name of a group, in characters.</summary>
    internal const int MaxNameLength = 512;

    /// <summary>Name that only the ranks of this group share, of this attempt and generation: "experiment/trial/attempt/generation".</summary>
    public required string GroupName { get; init; }

    /// <summary>This rank, 0 to <see cref="WorldSize"/> - 1.</summary>
    public required int Rank { get; init; }

    /// <summary>How many ranks the group has, 1 or more.</summary>
    public required int WorldSize { get; init; }

    /// <summary>Address of each rank's worker, by rank, this one's included. Empty is enough for a group of one.</summary>
    public IReadOnlyList<Uri> Peers { get; init; } = [];

    /// <summary>What carries the data.</summary>
    /// <value>The default is <see cref="CollectiveKind.Auto"/>.</value>
    public CollectiveKind Kind { get; init; }

    /// <summary>Longest time to wait for the other ranks, when the group forms and in each call.</summary>
    /// <value>The default is 2 minutes.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Refuses options that contradict themselves, naming every fault.</summary>
    /// <exception cref="ArgumentException">At least one fault.</exception>
    internal static void ThrowIfInvalid(ProcessGroupOptions options)
    {
        var faults = options.Faults().ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"Process group '{options.GroupName}': {string.Join("; ", faults)}.", nameof(options));
    }

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(GroupName) || GroupName.Length > MaxNameLength)
            yield return $"{nameof(GroupName)} must have 1 to {MaxNameLength} characters";
        if (WorldSize < 1)
            yield return $"{nameof(WorldSize)} is {WorldSize}, must be 1 or more";
        if (Rank < 0 || Rank >= WorldSize)
            yield return $"{nameof(Rank)} is {Rank}, must be 0 to {WorldSize - 1}";
        if (WorldSize > 1 && Peers.Count != WorldSize)
            yield return $"{nameof(Peers)} has {Peers.Count} addresses, must have one for each of {WorldSize} ranks";
        if (!Enum.IsDefined(Kind))
            yield return $"{nameof(Kind)} {Kind} is unknown";
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromDays(1))
            yield return $"{nameof(Timeout)} is {Timeout}, must be above zero and at most a day";
        foreach (var peer in Peers.Where(peer => !peer.IsAbsoluteUri || peer.Scheme is not ("http" or "https")))
            yield return $"peer address '{peer}' is not an absolute http or https address";
        // Gloo would listen on every interface of this machine, and the other ranks could not connect.
        foreach (var peer in Peers.Where(peer => peer.IsAbsoluteUri && peer.DnsSafeHost is ("0.0.0.0" or "::")))
            yield return $"peer address '{peer}' names no machine; give the one that other ranks reach";
    }
}
