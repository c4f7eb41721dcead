namespace Orchestrator.Kubernetes.Model;

/// <summary>A kind of object that a group version offers, or a part of one (<c>pods/eviction</c>).</summary>
internal sealed record ApiResource
{
    public string Name { get; init; } = "";

    public IReadOnlyList<string> Verbs { get; init; } = [];
}
