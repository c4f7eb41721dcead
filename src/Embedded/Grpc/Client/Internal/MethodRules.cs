using Grpc.Net.Client.Configuration;

namespace Grpc.Net.Client.Internal;

/// <summary>Where the calls of a method go and how they are retried.</summary>
internal sealed record MethodRules(Uri Uri, RetryRules? Retry)
{
    public static MethodRules Create(IMethod method, GrpcChannel channel) =>
        new(new Uri(channel.Address, method.FullName), Find(method, channel.RetryByName));

    /// <exception cref="InvalidOperationException">A policy is not valid, or a method is named twice.</exception>
    public static IReadOnlyDictionary<(string? Service, string? Method), RetryRules?> ReadRetries(ServiceConfig? config, int? maxAttempts)
    {
        var rules = new Dictionary<(string? Service, string? Method), RetryRules?>();
        foreach (var methodConfig in config?.MethodConfigs ?? [])
        {
            var retry = methodConfig.RetryPolicy is { } policy ? RetryRules.Create(policy, maxAttempts) : null;
            foreach (var name in methodConfig.Names)
            {
                if (!rules.TryAdd((Normalize(name.Service), Normalize(name.Method)), retry))
                    throw new InvalidOperationException($"The service config names service '{name.Service}', method '{name.Method}' twice.");
            }
        }

        return rules;
    }

    private static string? Normalize(string? name) => string.IsNullOrEmpty(name) ? null : name;

    private static RetryRules? Find(IMethod method, IReadOnlyDictionary<(string? Service, string? Method), RetryRules?> rules)
    {
        foreach (var key in new (string?, string?)[] { (method.ServiceName, method.Name), (method.ServiceName, null), (null, null) })
        {
            if (rules.TryGetValue(key, out var found)) return found;
        }

        return null;
    }
}
