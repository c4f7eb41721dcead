using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Kubernetes.Access;

/// <summary>Makes the handler that speaks to an API server and trusts only the authorities it should.</summary>
internal static class ClusterHandler
{
    public static SocketsHttpHandler Create(ClusterAccess access)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // A watch whose server's machine vanished ends when a ping stays without answer.
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            UseProxy = false,
            AllowAutoRedirect = false,
        };
        var tls = handler.SslOptions;
        tls.TargetHost = access.ServerName ?? access.Server.Host;
        if (access.ClientCertificate is { } certificate) tls.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        if (access.Authorities is { } authorities)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        return handler;
    }
}
