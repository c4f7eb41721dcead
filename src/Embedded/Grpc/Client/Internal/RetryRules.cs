using Grpc.Net.Client.Configuration;

namespace Grpc.Net.Client.Internal;

/// <summary>A retry policy, checked and complete.</summary>
internal sealed record RetryRules(int MaxAttempts, TimeSpan InitialBackoff, TimeSpan MaxBackoff, double Multiplier, IReadOnlySet<StatusCode> Codes)
{
    /// <exception cref="InvalidOperationException">Values are missing or impossible; all of them are named.</exception>
    public static RetryRules Create(RetryPolicy policy, int? maxAttempts)
    {
        var errors = new List<string>();
        if (policy.MaxAttempts is not > 1) errors.Add($"{nameof(policy.MaxAttempts)} must be greater than 1");
        if (!(policy.InitialBackoff > TimeSpan.Zero)) errors.Add($"{nameof(policy.InitialBackoff)} must be greater than zero");
        if (!(policy.MaxBackoff > TimeSpan.Zero)) errors.Add($"{nameof(policy.MaxBackoff)} must be greater than zero");
        if (policy.BackoffMultiplier is not > 0) errors.Add($"{nameof(policy.BackoffMultiplier)} must be greater than 0");
        if (policy.RetryableStatusCodes.Count == 0) errors.Add($"{nameof(policy.RetryableStatusCodes)} must not be empty");
        if (errors.Count > 0) throw new InvalidOperationException($"The retry policy is not valid: {string.Join("; ", errors)}.");
        return new RetryRules(
            Math.Min(policy.MaxAttempts!.Value, maxAttempts ?? int.MaxValue),
            policy.InitialBackoff!.Value,
            policy.MaxBackoff!.Value,
            policy.BackoffMultiplier!.Value,
            policy.RetryableStatusCodes.ToHashSet());
    }
}
