namespace Orchestrator.Kubernetes.Client;

/// <summary>How a patch is meant.</summary>
internal enum PatchKind
{
    /// <summary>What is there replaces; null removes (RFC 7386).</summary>
    Merge,

    /// <summary>Server-side apply: these fields are to be so and are ours; the object comes into being where there is none.</summary>
    Apply,
}
