using Orchestrator.Domain.Errors;

namespace Orchestrator.ServiceDefaults.Tls;

/// <summary>The PEM files of a host.</summary>
/// <param name="Certificate">Its certificate, followed by those between it and its authority; null: no TLS.</param>
/// <param name="Key">The certificate's key.</param>
/// <param name="Authority">The certificates of the authority that those of others must come from.</param>
public sealed record TlsFiles(string? Certificate, string? Key, string? Authority)
{
    /// <summary>No TLS.</summary>
    public static readonly TlsFiles None = new(null, null, null);

    /// <summary>Whether the host has a certificate.</summary>
    public bool HasCertificate => Certificate is not null;

    /// <summary>Refuses what does not fit together.</summary>
    /// <param name="authorityOption">The option that names the authority.</param>
    /// <exception cref="OrchestratorException">Half of a pair is missing.</exception>
    public void ThrowIfInvalid(string authorityOption)
    {
        if (Certificate is null != Key is null) throw new OrchestratorException("tls.half", "--tls-cert and --tls-key belong together: give both or none.");
        if (Authority is not null && Certificate is null && authorityOption == "--client-ca")
            throw new OrchestratorException("tls.half", $"{authorityOption} needs --tls-cert and --tls-key: certificates of others come with TLS.");
    }
}
