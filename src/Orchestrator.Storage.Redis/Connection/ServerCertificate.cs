using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Storage.Redis.Connection;

/// <summary>Whom a server's certificate must come from, instead of the authorities that the system trusts.</summary>
internal sealed class ServerCertificate
{
    private readonly X509Certificate2Collection _roots = [];

    /// <exception cref="FormatException">The file can't be read or has no certificate.</exception>
    public static ServerCertificate From(string path)
    {
        var certificate = new ServerCertificate();
        try
        {
            certificate._roots.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FormatException($"The Redis URL can't be used: its ca={path} can't be read: {e.Message}", e);
        }
        return certificate._roots.Count > 0 ? certificate : throw new FormatException($"The Redis URL can't be used: its ca={path} has no certificate in PEM.");
    }

    public bool Validate(object sender, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
    {
        if (presented is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false; // no certificate, or another server's
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_roots);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) own.ChainPolicy.ExtraStore.Add(element.Certificate);
        return own.Build((X509Certificate2)presented);
    }
}
