namespace Grpc.Net.Client.Configuration;

/// <summary>How the calls of a channel behave, method by method.</summary>
public sealed class ServiceConfig
{
    public IList<MethodConfig> MethodConfigs { get; } = [];

    /// <value>Stops retries while most calls fail; no such stop when null.</value>
    public RetryThrottlingPolicy? RetryThrottling { get; set; }
}
