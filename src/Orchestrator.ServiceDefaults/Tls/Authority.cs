using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Orchestrator.ServiceDefaults.Files;

namespace Orchestrator.ServiceDefaults.Tls;

/// <summary>Whom certificates must come from, instead of the authorities that the system trusts. Read again when the file changes.</summary>
public sealed class Authority
{
    private static readonly Oid ServerPurpose = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientPurpose = new("1.3.6.1.5.5.7.3.2");

    private readonly Reread<X509Certificate2Collection> _roots;

    /// <summary>Reads the file.</summary>
    /// <param name="path">PEM: one certificate or several, for while one follows another.</param>
    /// <param name="time">The clock.</param>
    /// <param name="faulty">Told of faults when the file has changed.</param>
    /// <exception cref="Domain.Errors.OrchestratorException">It can't be used.</exception>
    public Authority(string path, TimeProvider time, Action<string>? faulty = null) => _roots = new Reread<X509Certificate2Collection>([path], contents => Parse(contents[0]), time, faulty);

    /// <summary>Whether this is a client's certificate of this authority.</summary>
    /// <param name="certificate">As it was presented.</param>
    /// <param name="presented">The chain that came with it, for the certificates in between.</param>
    public bool IsClient(X509Certificate? certificate, X509Chain? presented) => IsOurs(certificate, presented, ClientPurpose);

    /// <summary>Whether this is a server's certificate of this authority, for this name.</summary>
    /// <param name="certificate">As it was presented.</param>
    /// <param name="presented">The chain that came with it.</param>
    /// <param name="name">The name that it must be for.</param>
    public bool IsServer(X509Certificate? certificate, X509Chain? presented, string name) =>
        IsOurs(certificate, presented, ServerPurpose) && ((X509Certificate2)certificate!).MatchesHostname(name, allowWildcards: true, allowCommonName: false);

    private bool IsOurs(X509Certificate? certificate, X509Chain? presented, Oid purpose)
    {
        if (certificate is not X509Certificate2 leaf) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots.Current);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // revoked by taking the authority away: there is no list in a small installation
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(purpose);
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
    }

    private static X509Certificate2Collection Parse(byte[] pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(Encoding.UTF8.GetString(pem));
        return roots.Count > 0 ? roots : throw new FormatException("there is no certificate in it.");
    }
}
