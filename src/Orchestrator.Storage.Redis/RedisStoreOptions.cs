using Orchestrator.Storage.Redis.Connection;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis;

/// <summary>Where and how an installation's metadata is kept.</summary>
public sealed record RedisStoreOptions
{
    private const string PrefixParameter = "prefix=";
    private const string AuthorityParameter = "ca=";

    /// <summary>Reads <c>redis://[:PASSWORD@]HOST[:PORT][/DATABASE][?prefix=PREFIX][&amp;ca=FILE]</c>.</summary>
    /// <param name="url">The text.</param>
    /// <param name="authority">The file of <c>ca=</c> where the text names none; null or empty: none.</param>
    /// <exception cref="FormatException">The text is not of that form; the message does not repeat it, for it may hold a password.</exception>
    public static RedisStoreOptions Parse(string url, string? authority = null)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        var options = new RedisStoreOptions { Url = query < 0 ? url : url[..query], Authority = string.IsNullOrEmpty(authority) ? null : authority };
        foreach (var parameter in query < 0 ? [] : url[(query + 1)..].Split('&'))
        {
            if (parameter.StartsWith(PrefixParameter, StringComparison.Ordinal)) options = options with { Prefix = parameter[PrefixParameter.Length..] };
            else if (parameter.StartsWith(AuthorityParameter, StringComparison.Ordinal)) options = options with { Authority = Uri.UnescapeDataString(parameter[AuthorityParameter.Length..]) };
            else throw new FormatException("The Redis URL can't be used: all that may follow '?' is prefix=PREFIX and ca=FILE, with '&' between.");
        }
        RedisUrl.Parse(options);
        RedisConnection.CheckPrefix(options.Prefix);
        return options;
    }

    /// <summary>The same as the client library has it, password included, for others that connect to the same server.</summary>
    public ConfigurationOptions ToConfiguration() => RedisUrl.Parse(this);

    /// <summary>The same without the password, to be shown and compared.</summary>
    public string ToDisplay()
    {
        var url = new Uri(Url);
        return $"{url.Scheme}://{url.Host}:{(url.Port > 0 ? url.Port : RedisUrl.DefaultPort)}/{url.AbsolutePath.Trim('/')}?{PrefixParameter}{Prefix}";
    }

    /// <summary><c>redis://[:PASSWORD@]HOST[:PORT][/DATABASE]</c>, or <c>rediss://</c> for TLS.</summary>
    public required string Url { get; init; }

    /// <summary>What every key begins with, so that several installations share a server: 1 to 32 of <c>a-z 0-9 -</c>.</summary>
    /// <value><c>orch</c>.</value>
    public string Prefix { get; init; } = "orch";

    /// <summary>PEM file with the authority that the server's certificate must come from, with <c>rediss://</c>; null: whom the system trusts.</summary>
    public string? Authority { get; init; }

    /// <summary>Who writes here, alone: a text that stays the same over restarts, such as that of a folder that one process has at a time. Null: many may write.</summary>
    public string? Holder { get; init; }

    /// <summary>How long a holder that is silent is waited for before another one takes over.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for a connection or an answer.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether to refuse a server without an append-only file: it would forget on a crash what was acknowledged.</summary>
    /// <value>true.</value>
    public bool RequireAppendOnlyFile { get; init; } = true;
}
