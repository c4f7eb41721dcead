using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Orchestrator.ServiceDefaults.Tls;

/// <summary>TLS of what a host listens on.</summary>
public static class TlsServer
{
    /// <summary>Speaks TLS (1.2 or later) here, with what the files say when a connection begins.</summary>
    /// <param name="listen">The endpoint.</param>
    /// <param name="certificate">The host's certificate.</param>
    /// <param name="clients">What is asked of clients' certificates.</param>
    /// <param name="authority">Whom clients' certificates come from; needed unless they are not asked for.</param>
    public static void UseTls(this ListenOptions listen, HostCertificate certificate, ClientCertificates clients = ClientCertificates.None, Authority? authority = null)
    {
        if (clients != ClientCertificates.None) ArgumentNullException.ThrowIfNull(authority);
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Options(certificate, clients, authority)) });
    }

    private static SslServerAuthenticationOptions Options(HostCertificate certificate, ClientCertificates clients, Authority? authority) => new()
    {
        ServerCertificateContext = certificate.Context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = clients != ClientCertificates.None,
        RemoteCertificateValidationCallback = clients == ClientCertificates.None
            ? null
            : (_, presented, chain, _) => presented is null ? clients == ClientCertificates.Allowed : authority!.IsClient(presented, chain),
    };
}
