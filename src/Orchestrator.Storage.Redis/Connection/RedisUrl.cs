using System.Net;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Connection;

/// <summary>Reads a Redis URL.</summary>
internal static class RedisUrl
{
    public const int DefaultPort = 6379;

    /// <exception cref="FormatException">The text is not of the form.</exception>
    public static ConfigurationOptions Parse(RedisStoreOptions options)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss") || url.Host.Length == 0)
            throw Bad("it is not of the form redis://[:PASSWORD@]HOST[:PORT][/DATABASE]");
        var database = 0;
        if (url.AbsolutePath.Length > 1 && !int.TryParse(url.AbsolutePath.AsSpan(1), out database)) throw Bad("its database is no number");
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0 && user[0] != "default") throw Bad("users other than 'default' are not supported: write redis://:PASSWORD@HOST");
        var configuration = new ConfigurationOptions
        {
            EndPoints = { new DnsEndPoint(url.Host, url.Port > 0 ? url.Port : DefaultPort) },
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Ssl = url.Scheme == "rediss",
            DefaultDatabase = database,
            ConnectTimeout = (int)options.Timeout.TotalMilliseconds,
            SyncTimeout = (int)options.Timeout.TotalMilliseconds,
            AbortOnConnectFail = true,
            ClientName = "orchestrator",
            SslHost = url.Host,
        };
        if (options.Authority is { } authority) configuration.CertificateValidation += ServerCertificate.From(authority).Validate;
        return configuration;

        // The URL itself may hold a password, which belongs in no message.
        static FormatException Bad(string why) => new($"The Redis URL can't be used: {why}.");
    }
}
