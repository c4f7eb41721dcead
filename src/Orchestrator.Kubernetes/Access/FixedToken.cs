namespace Orchestrator.Kubernetes.Access;

/// <summary>A token that a kubeconfig holds.</summary>
internal sealed class FixedToken(string token) : ITokenSource
{
    public string Read(bool refused) => token;
}
