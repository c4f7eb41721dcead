namespace Orchestrator.Kubernetes.Gangs;

/// <summary>The labels by which Jobs and Pods of gangs are known.</summary>
internal static class GangLabels
{
    /// <summary>The experiment whose trials alone they run.</summary>
    public const string Experiment = "orchestrator.dev/experiment";

    /// <summary>The gang that they are.</summary>
    public const string Gang = "orchestrator.dev/gang";

    /// <summary>Selects the Jobs and Pods of all gangs of an installation.</summary>
    public static string Select(string installation) => $"{Pools.PoolLabels.Installation}={installation},{Gang}";
}
