using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The identity in a client certificate.</summary>
internal static class PeerCertificate
{
    private const string AlternativeName = "x509_subject_alternative_name";
    private const string CommonName = "x509_common_name";

    public static AuthContext CreateAuthContext(X509Certificate2? certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        if (certificate is null) return new AuthContext(null, properties);
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())));
        Add(properties, AlternativeName, names);
        Add(properties, CommonName, [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]);
        return new AuthContext(new[] { AlternativeName, CommonName }.FirstOrDefault(properties.ContainsKey), properties);
    }

    private static void Add(Dictionary<string, List<AuthProperty>> properties, string name, IEnumerable<string> values)
    {
        var found = values.Where(v => v.Length > 0).Select(v => AuthProperty.Create(name, Encoding.UTF8.GetBytes(v))).ToList();
        if (found.Count > 0) properties.Add(name, found);
    }
}
