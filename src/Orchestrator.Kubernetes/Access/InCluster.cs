using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orchestrator.Kubernetes.Client;

namespace Orchestrator.Kubernetes.Access;

/// <summary>The access that every Pod with a service account has.</summary>
internal static class InCluster
{
    /// <summary>Where the kubelet puts the service account.</summary>
    public const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The access, or null outside of a cluster.</summary>
    /// <exception cref="KubernetesException">In a cluster, but without a service account.</exception>
    public static ClusterAccess? Find(Func<string, string?> environment, string folder, TimeProvider time)
    {
        if (environment("KUBERNETES_SERVICE_HOST") is not { Length: > 0 } host || environment("KUBERNETES_SERVICE_PORT") is not { Length: > 0 } port) return null;
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(Path.Combine(folder, "ca.crt"));
            return new ClusterAccess(new UriBuilder("https", host, int.Parse(port)).Uri)
            {
                Authorities = authorities,
                Token = new TokenFile(Path.Combine(folder, "token"), time),
                Namespace = File.ReadAllText(Path.Combine(folder, "namespace")).Trim(),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            throw KubernetesException.Access($"This Pod's service account in {folder} can't be used: {exception.Message} Set automountServiceAccountToken, or give a kubeconfig.", exception);
        }
    }
}
