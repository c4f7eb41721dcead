namespace Orchestrator.Storage.Redis;

/// <summary>Where and how an installation's metadata is kept.</summary>
public sealed record RedisStoreOptions
{
    /// <summary><c>redis://[:PASSWORD@]HOST[:PORT][/DATABASE]</c>, or <c>rediss://</c> for TLS.</summary>
    public required string Url { get; init; }

    /// <summary>What every key begins with, so that several installations share a server: 1 to 32 of <c>a-z 0-9 -</c>.</summary>
    /// <value><c>orch</c>.</value>
    public string Prefix { get; init; } = "orch";

    /// <summary>How long to wait for a connection or an answer.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether to refuse a server without an append-only file: it would forget on a crash what was acknowledged.</summary>
    /// <value>true.</value>
    public bool RequireAppendOnlyFile { get; init; } = true;
}
