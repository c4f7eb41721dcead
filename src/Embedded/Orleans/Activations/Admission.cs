namespace Orleans.Runtime;

/// <summary>What becomes of a request that arrives.</summary>
internal enum Admission
{
    /// <summary>It waits.</summary>
    Hold,

    /// <summary>It runs as soon as the interleaving rules let it.</summary>
    Run,

    /// <summary>It goes to the successor.</summary>
    Forward,
}
