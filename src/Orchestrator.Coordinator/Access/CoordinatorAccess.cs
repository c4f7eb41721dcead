using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Orchestrator.Coordinator.Hosting;
using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Access;
using Orchestrator.ServiceDefaults.Access.Oidc;
using Orchestrator.ServiceDefaults.Files;
using Orchestrator.ServiceDefaults.Tls;

namespace Orchestrator.Coordinator.Access;

/// <summary>Who may call a coordinator, and how its connections are kept private: its options made real.</summary>
internal sealed partial class CoordinatorAccess : IDisposable
{
    private readonly FaultLog _faults = new();
    private readonly CoordinatorOptions _options;
    private readonly HostCertificate? _certificate;
    private readonly Authority? _workers;

    /// <exception cref="OrchestratorException">The options contradict each other, a file can't be used, or the coordinator would be open to a network.</exception>
    public CoordinatorAccess(CoordinatorOptions options, TimeProvider time)
    {
        _options = options;
        options.Tls.ThrowIfInvalid("--client-ca");
        var knowsPeople = options.Tokens is not null || options.Oidc is not null;
        if (options.Tls.Authority is not null && !knowsPeople)
            throw new OrchestratorException("access.people", "--client-ca lets workers in by their certificates, and nobody else: give --tokens or --oidc for people.");
        IsOpen = ListeningCheck.IsOpen(options.Bind, knowsPeople, options.Insecure, "give --tokens FILE ('orch token new' makes its lines)");
        if (options.Oidc is { } oidc) Oidc = new OidcTokens(oidc, time, _faults.Report);
        if (options.Tokens is { } tokens) Tokens = new TokensFile(tokens, time, _faults.Report);
        if (options.Tls is { Certificate: { } certificate, Key: { } key }) _certificate = new HostCertificate(certificate, key, time, _faults.Report);
        if (options.Tls.Authority is { } authority) _workers = new Authority(authority, time, _faults.Report);
    }

    /// <summary>Whether everybody may do everything.</summary>
    public bool IsOpen { get; }

    /// <summary>The tokens that count; null: none.</summary>
    public ITokenStore? Tokens { get; }

    /// <summary>Whose tokens of an OpenID Connect provider count; null: nobody's.</summary>
    public OidcTokens? Oidc { get; }

    /// <summary>The scheme of the addresses: http or https.</summary>
    public string Scheme => _certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;

    /// <summary>For REST, metrics and health.</summary>
    public void ConfigureHttp(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (_certificate is not null) listen.UseTls(_certificate);
    }

    /// <summary>For workers and clients.</summary>
    public void ConfigureGrpc(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http2;
        if (_certificate is not null) listen.UseTls(_certificate, _workers is null ? ClientCertificates.None : ClientCertificates.Allowed, _workers);
    }

    /// <inheritdoc/>
    public void Dispose() => Oidc?.Dispose();

    /// <summary>Logs here from now on, first of all what an operator should know of these options.</summary>
    public void LogTo(ILogger logger)
    {
        _faults.LogTo(logger);
        if (IPAddress.IsLoopback(_options.Bind)) return;
        if (IsOpen) LogOpen(logger, _options.Bind);
        else if (_certificate is null) LogReadable(logger, _options.Bind);
    }

    [LoggerMessage(EventId = 1501, Level = LogLevel.Warning, Message = "Everybody who reaches {Address} may do everything: --insecure")]
    private static partial void LogOpen(ILogger logger, IPAddress address);

    [LoggerMessage(EventId = 1502, Level = LogLevel.Warning, Message = "Tokens come to {Address} without TLS and can be read on their way, unless something in front of it speaks TLS: --tls-cert, --tls-key")]
    private static partial void LogReadable(ILogger logger, IPAddress address);
}
