namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A service that the health service knows, and the health checks whose results are its status.</summary>
public sealed class ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
{
    public string Name { get; } = name;

    public Func<HealthCheckMapContext, bool>? HealthCheckPredicate { get; } = predicate;
}
