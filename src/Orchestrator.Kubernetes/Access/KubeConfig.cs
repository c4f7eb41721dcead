using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes.Client;
using YamlDotNet.Core;

namespace Orchestrator.Kubernetes.Access;

/// <summary>Reads a kubeconfig file: its current context, or a named one.</summary>
internal sealed class KubeConfig
{
    private readonly string _path;
    private readonly JsonObject _root;
    private readonly TimeProvider _time;

    private KubeConfig(string path, JsonObject root, TimeProvider time) => (_path, _root, _time) = (path, root, time);

    /// <summary>The access that a file gives.</summary>
    /// <exception cref="KubernetesException">It can't be read, or names what is not there.</exception>
    public static ClusterAccess Read(string path, string? context, TimeProvider time)
    {
        try
        {
            var root = YamlJson.Parse(File.ReadAllText(path)) as JsonObject ?? throw new FormatException("it is no map.");
            return new KubeConfig(path, root, time).Access(context);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or YamlException or FormatException or CryptographicException or InvalidOperationException)
        {
            throw KubernetesException.Access($"The kubeconfig {path} can't be used: {exception.Message}", exception);
        }
    }

    private ClusterAccess Access(string? contextName)
    {
        var context = Named("contexts", contextName ?? Text(_root, "current-context") ?? throw new FormatException("it has no current-context."), "context");
        var cluster = Named("clusters", Text(context, "cluster") ?? throw new FormatException("its context names no cluster."), "cluster");
        var user = Text(context, "user") is { } name ? Named("users", name, "user") : [];
        if (user.ContainsKey("exec") || user.ContainsKey("auth-provider"))
            throw new FormatException("its user gets credentials from another program, which is not supported: use a client certificate, a token or a tokenFile.");
        if (cluster["insecure-skip-tls-verify"]?.GetValue<bool>() == true)
            throw new FormatException("insecure-skip-tls-verify is not supported: give certificate-authority.");
        var server = Text(cluster, "server") ?? throw new FormatException("its cluster has no server.");
        return new ClusterAccess(Uri.TryCreate(server, UriKind.Absolute, out var uri) ? uri : throw new FormatException($"its server '{server}' is no URI."))
        {
            Authorities = Authorities(cluster),
            ServerName = Text(cluster, "tls-server-name"),
            ClientCertificate = ClientCertificate(user),
            Token = Token(user),
            Namespace = Text(context, "namespace") ?? "default",
        };
    }

    private JsonObject Named(string list, string name, string kind)
    {
        foreach (var entry in _root[list] as JsonArray ?? [])
        {
            if (entry is JsonObject item && Text(item, "name") == name && item[kind] is JsonObject found) return found;
        }
        throw new FormatException($"it has no {kind} '{name}'.");
    }

    private X509Certificate2Collection? Authorities(JsonObject cluster)
    {
        if (Pem(cluster, "certificate-authority") is not { } pem) return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities;
    }

    private X509Certificate2? ClientCertificate(JsonObject user)
    {
        var certificate = Pem(user, "client-certificate");
        var key = Pem(user, "client-key");
        if (certificate is null && key is null) return null;
        if (certificate is null || key is null) throw new FormatException("its user has one of client-certificate and client-key: it needs both.");
        return X509Certificate2.CreateFromPem(certificate, key);
    }

    private ITokenSource? Token(JsonObject user)
    {
        if (Text(user, "tokenFile") is { } file) return new TokenFile(Beside(file), _time);
        return Text(user, "token") is { } token ? new FixedToken(token) : null;
    }

    /// <summary>What is inside (<c>NAME-data</c>, in base 64) goes before what is in a file.</summary>
    private string? Pem(JsonObject from, string name)
    {
        if (Text(from, $"{name}-data") is { } data) return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        return Text(from, name) is { } file ? File.ReadAllText(Beside(file)) : null;
    }

    private string Beside(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, file);

    private static string? Text(JsonObject from, string name) => from[name] is { } value && value.ToString() is { Length: > 0 } text ? text : null;
}
