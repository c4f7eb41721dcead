using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.ServiceDefaults.Tls;

/// <summary>An authority of one's own for a small installation: makes its certificate, and those of coordinators and workers (ECDSA, P-256).</summary>
public sealed class CertificateIssuer : IDisposable
{
    /// <summary>The name that every worker's certificate is for: ranks dial each other by addresses that no certificate can know before.</summary>
    public const string WorkerName = "worker.orchestrator";

    private const int SerialBytes = 16;
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    /// <summary>Certificates begin a little in the past: clocks differ.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    private readonly X509Certificate2 _authority;
    private readonly TimeProvider _time;

    private CertificateIssuer(X509Certificate2 authority, TimeProvider time) => (_authority, _time) = (authority, time);

    /// <summary>A new authority.</summary>
    /// <param name="lifetime">How long its certificate counts.</param>
    /// <param name="time">The clock.</param>
    public static CertificateIssuer Create(TimeSpan lifetime, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=orchestrator authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        return new CertificateIssuer(request.CreateSelfSigned(now - Slack, now + lifetime), time);
    }

    /// <summary>An authority from its files.</summary>
    /// <param name="certificate">PEM.</param>
    /// <param name="key">PEM.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CryptographicException">They are no certificate with its key.</exception>
    public static CertificateIssuer Load(string certificate, string key, TimeProvider time) => new(X509Certificate2.CreateFromPem(certificate, key), time);

    /// <summary>The authority's own certificate and key, as PEM.</summary>
    public (string Certificate, string Key) Authority => (_authority.ExportCertificatePem(), KeyPem(_authority.GetECDsaPrivateKey()!));

    /// <summary>A coordinator's certificate and key, as PEM: it serves, and is nobody's client.</summary>
    /// <param name="names">The host names and addresses that it is dialled by.</param>
    /// <param name="lifetime">How long it counts; never longer than the authority.</param>
    public (string Certificate, string Key) IssueCoordinator(IEnumerable<string> names, TimeSpan lifetime) => Issue("orchestrator coordinator", names, [ServerPurpose], lifetime);

    /// <summary>A worker's certificate and key, as PEM: it serves other ranks, and is a client of them and of the coordinator. Workers may share one.</summary>
    /// <param name="name">What logs call it.</param>
    /// <param name="lifetime">How long it counts; never longer than the authority.</param>
    public (string Certificate, string Key) IssueWorker(string name, TimeSpan lifetime) => Issue(name, [WorkerName], [ServerPurpose, ClientPurpose], lifetime);

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();

    private (string Certificate, string Key) Issue(string subject, IEnumerable<string> names, IEnumerable<string> purposes, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(subject);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. purposes.Select(p => new Oid(p))], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(Names(names));
        var now = _time.GetUtcNow();
        var (begin, end) = (Later(now - Slack, new DateTimeOffset(_authority.NotBefore)), Earlier(now + lifetime, new DateTimeOffset(_authority.NotAfter)));
        using var certificate = request.Create(_authority, begin, end, RandomNumberGenerator.GetBytes(SerialBytes));
        return (certificate.ExportCertificatePem(), KeyPem(key));
    }

    private static X509Extension Names(IEnumerable<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }
        return builder.Build();
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static string KeyPem(ECDsa key) => key.ExportPkcs8PrivateKeyPem();
}
