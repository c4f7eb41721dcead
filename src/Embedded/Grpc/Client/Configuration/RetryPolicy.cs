namespace Grpc.Net.Client.Configuration;

/// <summary>When a failed call is sent again (gRFC A6).</summary>
public sealed class RetryPolicy
{
    /// <value>With the first attempt: at least 2.</value>
    public int? MaxAttempts { get; set; }

    /// <value>The first wait is between nothing and this.</value>
    public TimeSpan? InitialBackoff { get; set; }

    public TimeSpan? MaxBackoff { get; set; }

    /// <value>By which the upper bound of each wait grows over the one before.</value>
    public double? BackoffMultiplier { get; set; }

    public IList<StatusCode> RetryableStatusCodes { get; } = [];
}
