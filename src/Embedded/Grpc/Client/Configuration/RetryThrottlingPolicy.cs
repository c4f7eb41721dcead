namespace Grpc.Net.Client.Configuration;

/// <summary>A bucket of tokens: a failure takes one, a success gives back a part of one, and there are retries while it is more than half full.</summary>
public sealed class RetryThrottlingPolicy
{
    public int? MaxTokens { get; set; }

    public double? TokenRatio { get; set; }
}
