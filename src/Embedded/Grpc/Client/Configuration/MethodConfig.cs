namespace Grpc.Net.Client.Configuration;

/// <summary>What applies to some methods.</summary>
public sealed class MethodConfig
{
    /// <value>The methods. The most specific name wins: method, service, <see cref="MethodName.Default"/>.</value>
    public IList<MethodName> Names { get; } = [];

    public RetryPolicy? RetryPolicy { get; set; }
}
