namespace Orchestrator.Kubernetes.Client;

/// <summary>What a page says of its list.</summary>
internal sealed record ListMeta
{
    /// <summary>The state of the cluster that the list shows: a watch goes on from there.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>The token of the next page; null or empty: this is the last one.</summary>
    public string? Continue { get; init; }
}
