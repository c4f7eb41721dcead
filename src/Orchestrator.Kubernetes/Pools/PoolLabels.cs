namespace Orchestrator.Kubernetes.Pools;

/// <summary>The labels by which Pods of pools are known.</summary>
internal static class PoolLabels
{
    /// <summary>Whose Pods they are.</summary>
    public const string Installation = "orchestrator.dev/installation";

    /// <summary>The pool that a Pod is of.</summary>
    public const string Pool = "orchestrator.dev/pool";

    /// <summary>Selects all Pods that an installation has made, of pools and of gangs with machines of their own.</summary>
    public static string Select(string installation) => $"{Installation}={installation}";
}
