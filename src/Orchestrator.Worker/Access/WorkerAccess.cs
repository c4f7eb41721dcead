using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Access;
using Orchestrator.ServiceDefaults.Files;
using Orchestrator.ServiceDefaults.Tls;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Access;

/// <summary>
/// How a worker proves to the coordinator and to other ranks that it is one, and knows other ranks: by its certificate, by the token that
/// all workers share, or by both. Its options made real.
/// </summary>
internal sealed partial class WorkerAccess
{
    private readonly FaultLog _faults = new();
    private readonly WorkerOptions _options;
    private readonly HostCertificate? _certificate;
    private readonly Authority? _authority;
    private readonly TokenFile? _token;

    /// <exception cref="OrchestratorException">The options contradict each other, a file can't be used, or the worker would be open to a network.</exception>
    public WorkerAccess(WorkerOptions options, TimeProvider time)
    {
        _options = options;
        options.Tls.ThrowIfInvalid("--ca");
        if (options.Tls is { Certificate: { } certificate, Key: { } key }) _certificate = new HostCertificate(certificate, key, time, _faults.Report);
        if (options.Tls.Authority is { } authority) _authority = new Authority(authority, time, _faults.Report);
        if (options.TokenFile is { } token) _token = new TokenFile(token, time, _faults.Report);
        if (_certificate is not null && _authority is null) throw new OrchestratorException("access.authority", "--tls-cert needs --ca: other ranks are known by certificates of the same authority.");
        IsOpen = ListeningCheck.IsOpen(options.Bind, _certificate is not null || _token is not null, options.Insecure, "give --tls-cert, --tls-key and --ca ('orch certificates new' makes them), or --token-file");
    }

    /// <summary>Whether everybody who reaches this worker may take part in its process groups.</summary>
    public bool IsOpen { get; }

    /// <summary>The tokens that count here; null: none.</summary>
    public ITokenStore? Tokens => _token is { } token ? new SharedToken(() => token.Current) : null;

    /// <summary>The scheme under which other ranks reach this one.</summary>
    public string Scheme => _certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;

    /// <summary>For other ranks.</summary>
    public void ConfigureRanks(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http2;
        if (_certificate is not null) listen.UseTls(_certificate, ClientCertificates.Required, _authority);
    }

    /// <summary>Prepares connections to the coordinator, whose certificate must be for the name that it is dialled by.</summary>
    public HttpMessageHandler ToCoordinator(SocketsHttpHandler handler) => Prepare(handler, name: null);

    /// <summary>Prepares connections to other ranks, whose certificates are all for one name.</summary>
    public HttpMessageHandler ToRanks(SocketsHttpHandler handler) => Prepare(handler, CertificateIssuer.WorkerName);

    /// <summary>Logs here from now on, first of all what an operator should know of these options.</summary>
    public void LogTo(ILogger logger)
    {
        _faults.LogTo(logger);
        if (IPAddress.IsLoopback(_options.Bind)) return;
        if (IsOpen) LogOpen(logger, _options.Bind);
        else if (_certificate is null) LogReadable(logger, _options.Bind);
    }

    private HttpMessageHandler Prepare(SocketsHttpHandler handler, string? name)
    {
        new TlsClient(_authority, _certificate, name).Configure(handler);
        return _token is { } token ? new BearerHandler(() => token.Current, handler) : handler;
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Warning, Message = "Everybody who reaches {Address} may take part in this worker's process groups: --insecure")]
    private static partial void LogOpen(ILogger logger, IPAddress address);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "Other ranks come to {Address} without TLS: --tls-cert, --tls-key, --ca")]
    private static partial void LogReadable(ILogger logger, IPAddress address);
}
