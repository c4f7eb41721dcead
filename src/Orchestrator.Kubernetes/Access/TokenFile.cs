using Orchestrator.Kubernetes.Client;

namespace Orchestrator.Kubernetes.Access;

/// <summary>A token in a file that somebody renews before it ends, as the kubelet does for service accounts.</summary>
internal sealed class TokenFile(string path, TimeProvider time) : ITokenSource
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private string? _token;
    private long _readAt;

    public string Read(bool refused)
    {
        lock (_lock)
        {
            if (_token is null || refused || time.GetElapsedTime(_readAt) >= RememberedFor)
            {
                _token = Load();
                _readAt = time.GetTimestamp();
            }
            return _token;
        }
    }

    private string Load()
    {
        try
        {
            var token = File.ReadAllText(path).Trim();
            return token.Length > 0 ? token : throw KubernetesException.Access($"The token file {path} is empty.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw KubernetesException.Access($"The token file {path} can't be read: {exception.Message}", exception);
        }
    }
}
