namespace Grpc.AspNetCore.HealthChecks;

/// <summary>What <c>AddGrpcHealthChecks</c> is configured with.</summary>
public sealed class GrpcHealthChecksOptions
{
    public ServiceMappingCollection Services { get; } = [];
}
