using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.ServiceDefaults.Access.Oidc;

namespace Orchestrator.ServiceDefaults.Access;

/// <summary>
/// Knows who calls by the token of the request, else by the certificate of the connection, and refuses in the words of the protocol that the
/// request speaks: 401 and 403 with JSON, or gRPC's UNAUTHENTICATED and PERMISSION_DENIED.
/// </summary>
public sealed partial class AccessHandler(IOptionsMonitor<AccessOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AccessOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "orchestrator";

    /// <summary>The claim with the team of who calls.</summary>
    public const string TeamClaim = "team";

    private const string Bearer = "Bearer ";
    private const int GrpcUnauthenticated = 16;
    private const int GrpcPermissionDenied = 7;

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Options.IsOpen) return Task.FromResult(Success("anybody", AccessPolicies.All, team: null));
        var header = Request.Headers.Authorization.ToString();
        return header.Length > 0 ? FromHeader(header) : Task.FromResult(FromConnection());
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure?.Message;
        Response.Headers.WWWAuthenticate = failure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        var message = failure ?? "This coordinator or worker asks for a token: send it as 'Authorization: Bearer TOKEN'.";
        LogRefused(Logger, Request.Path, Context.Connection.RemoteIpAddress?.ToString(), message);
        await Refuse(StatusCodes.Status401Unauthorized, GrpcUnauthenticated, message);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var message = $"The role of '{Context.User.Identity?.Name}' does not allow this.";
        LogRefused(Logger, Request.Path, Context.Connection.RemoteIpAddress?.ToString(), message);
        return Refuse(StatusCodes.Status403Forbidden, GrpcPermissionDenied, message);
    }

    private AuthenticateResult FromConnection() => Context.Connection.ClientCertificate is { } certificate
        ? Success(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), [AccessPolicies.Worker], team: null)
        : AuthenticateResult.NoResult();

    private async Task<AuthenticateResult> FromHeader(string header)
    {
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.Fail("The Authorization header must say 'Bearer TOKEN'.");
        var presented = header[Bearer.Length..].Trim();
        if (Options.Oidc is { } oidc && OidcTokens.IsForm(presented)) return FromProvider(await oidc.Find(presented, Context.RequestAborted));
        if (Options.Tokens?.Find(presented) is not { } entry) return AuthenticateResult.Fail("The token is unknown.");
        if (entry.Expires <= TimeProvider.GetUtcNow()) return AuthenticateResult.Fail($"The token of '{entry.Name}' has expired.");
        return Success(entry.Name, AccessPolicies.Of(entry.Role), entry.Team);
    }

    /// <summary>Who is known and may do nothing is forbidden, not unknown: another token would not help.</summary>
    private AuthenticateResult FromProvider(OidcCaller caller) =>
        caller.Fault is { } fault ? AuthenticateResult.Fail(fault) : Success(caller.Name, caller.Rule is { } rule ? AccessPolicies.Of(rule.Role) : [], caller.Rule?.Team);

    private AuthenticateResult Success(string name, IEnumerable<string> roles, string? team)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], Scheme.Name);
        if (team is not null) identity.AddClaim(new Claim(TeamClaim, team));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private Task Refuse(int status, int grpcStatus, string message)
    {
        if (Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            Response.StatusCode = status;
            return Response.WriteAsJsonAsync(new { errors = new[] { message } }, Context.RequestAborted);
        }
        // A response of headers alone, as the gRPC specification has it for errors before any message.
        Response.ContentType = "application/grpc";
        Response.Headers["grpc-status"] = $"{grpcStatus}";
        Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Warning, Message = "Refused {Path} for {Address}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string path, string? address, string reason);
}
