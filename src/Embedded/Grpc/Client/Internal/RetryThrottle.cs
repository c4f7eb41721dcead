using Grpc.Net.Client.Configuration;

namespace Grpc.Net.Client.Internal;

/// <summary>The token bucket of a channel (gRFC A6).</summary>
internal sealed class RetryThrottle
{
    private readonly Lock _gate = new();
    private readonly double _maxTokens;
    private readonly double _tokenRatio;
    private double _tokens;

    /// <exception cref="InvalidOperationException">Values are missing or impossible.</exception>
    public RetryThrottle(RetryThrottlingPolicy policy)
    {
        if (policy.MaxTokens is not > 0 || policy.TokenRatio is not > 0)
        {
            throw new InvalidOperationException(
                $"The retry throttling policy is not valid: {nameof(policy.MaxTokens)} and {nameof(policy.TokenRatio)} must be greater than 0.");
        }

        _maxTokens = _tokens = policy.MaxTokens.Value;
        _tokenRatio = policy.TokenRatio.Value;
    }

    public void OnSuccess()
    {
        lock (_gate) _tokens = Math.Min(_tokens + _tokenRatio, _maxTokens);
    }

    /// <returns>Whether a retry is allowed.</returns>
    public bool OnFailure()
    {
        lock (_gate)
        {
            _tokens = Math.Max(_tokens - 1, 0);
            return _tokens > _maxTokens / 2;
        }
    }
}
