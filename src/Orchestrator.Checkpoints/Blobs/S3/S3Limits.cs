namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>What bounds the work with a bucket.</summary>
internal sealed record S3Limits
{
    /// <summary>The limits unless a test asks for others.</summary>
    internal static S3Limits Standard { get; } = new();

    /// <summary>Bytes of a part of an upload; a smaller file is one request. S3 wants at least 5 MiB, and at most <see cref="MaximumParts"/> of them.</summary>
    internal int PartBytes { get; init; } = 16 << 20;

    /// <summary>Most parts of an upload.</summary>
    internal int MaximumParts { get; init; } = 10_000;

    /// <summary>Parts that are on their way at the same time.</summary>
    internal int PartsAtOnce { get; init; } = 3;

    /// <summary>How often a request is made again, after a pause that doubles each time, with jitter.</summary>
    internal int Retries { get; init; } = 5;

    /// <summary>How often in a row a download may break off without another byte.</summary>
    internal int BrokenReads { get; init; } = 5;

    /// <summary>How long a request may take, and the next bytes of a download.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a connection may take.</summary>
    internal TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Keys of a page of a listing.</summary>
    internal int PageKeys { get; init; } = 1000;

    /// <summary>Deletions at the same time.</summary>
    internal int DeletionsAtOnce { get; init; } = 16;
}
