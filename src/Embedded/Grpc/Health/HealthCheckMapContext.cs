namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A registered health check, shown to the predicate that says whether a service depends on it.</summary>
public sealed class HealthCheckMapContext(string name, IEnumerable<string> tags)
{
    public string Name { get; } = name;

    public IEnumerable<string> Tags { get; } = tags;
}
