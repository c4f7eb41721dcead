using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Kubernetes.Access;

/// <summary>Where the API server is, and how to be let in.</summary>
internal sealed record ClusterAccess(Uri Server)
{
    /// <summary>The authorities that may have signed the server's certificate; null: those of the machine.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The name that the server's certificate is for; null: the host of <see cref="Server"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>Who we are, by certificate; null: by token, or nobody.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Who we are, by token; null: by certificate, or nobody.</summary>
    public ITokenSource? Token { get; init; }

    /// <summary>The namespace unless another is named.</summary>
    public string Namespace { get; init; } = "default";
}
