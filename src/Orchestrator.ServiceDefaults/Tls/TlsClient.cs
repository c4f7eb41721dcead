using System.Net.Security;

namespace Orchestrator.ServiceDefaults.Tls;

/// <summary>TLS of connections that a process opens.</summary>
/// <param name="authority">Whom servers' certificates must come from; null: whom the system trusts.</param>
/// <param name="certificate">What this process presents; null: nothing.</param>
/// <param name="name">The name that servers' certificates must be for; null: that of their address.</param>
public sealed class TlsClient(Authority? authority, HostCertificate? certificate = null, string? name = null)
{
    /// <summary>Prepares a handler: its connections present and ask for what the files say when they begin.</summary>
    public void Configure(SocketsHttpHandler handler)
    {
        if (certificate is not null)
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate.Context.TargetCertificate;
        if (authority is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (sender, presented, chain, _) => authority.IsServer(presented, chain, name ?? ((SslStream)sender).TargetHostName);
    }
}
