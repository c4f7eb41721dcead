using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Orchestrator.ServiceDefaults.Files;

namespace Orchestrator.ServiceDefaults.Tls;

/// <summary>A host's own certificate with its key, read again when the files change; connections that are open keep the one they began with.</summary>
public sealed class HostCertificate
{
    private readonly Reread<SslStreamCertificateContext> _context;

    /// <summary>Reads the files.</summary>
    /// <param name="certificate">PEM: the certificate, followed by those between it and its authority.</param>
    /// <param name="key">PEM: its key.</param>
    /// <param name="time">The clock.</param>
    /// <param name="faulty">Told of faults when the files have changed.</param>
    /// <exception cref="Domain.Errors.OrchestratorException">They can't be used.</exception>
    public HostCertificate(string certificate, string key, TimeProvider time, Action<string>? faulty = null) =>
        _context = new Reread<SslStreamCertificateContext>([certificate, key], contents => Parse(Encoding.UTF8.GetString(contents[0]), Encoding.UTF8.GetString(contents[1])), time, faulty);

    /// <summary>What a connection that begins now presents.</summary>
    public SslStreamCertificateContext Context => _context.Current;

    private static SslStreamCertificateContext Parse(string certificate, string key)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate, key), chain, offline: true);
    }
}
