namespace Grpc.Net.Client.Configuration;

/// <summary>A method, all methods of a service, or all methods.</summary>
public sealed class MethodName
{
    public static readonly MethodName Default = new();

    /// <value>With its package; all services when null.</value>
    public string? Service { get; set; }

    /// <value>All methods when null.</value>
    public string? Method { get; set; }
}
