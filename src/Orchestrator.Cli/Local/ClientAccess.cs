using System.CommandLine;
using System.Net;
using Grpc.Net.Client;
using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Output;
using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Access;
using Orchestrator.ServiceDefaults.Tls;

namespace Orchestrator.Cli.Local;

/// <summary>How this program proves to a coordinator who it is, and knows the coordinator.</summary>
internal sealed class ClientAccess
{
    /// <summary>The environment variable with a token.</summary>
    public const string TokenVariable = "ORCH_TOKEN";

    /// <summary>The environment variable that names a file with a token.</summary>
    public const string TokenFileVariable = "ORCH_TOKEN_FILE";

    /// <summary>The environment variable that names the file of the coordinator's authority.</summary>
    public const string AuthorityVariable = "ORCH_CA";

    /// <summary>No token, and whom the system trusts.</summary>
    public static readonly ClientAccess None = new(null, null, TextWriter.Null);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    private readonly Func<string>? _token;
    private readonly Authority? _authority;
    private readonly TextWriter _warnings;
    private bool _warned;

    private ClientAccess(Func<string>? token, Authority? authority, TextWriter warnings) => (_token, _authority, _warnings) = (token, authority, warnings);

    /// <summary>From the command line, else from the environment.</summary>
    /// <exception cref="CliException">A file can't be used.</exception>
    public static ClientAccess Of(CliContext context, ParseResult result)
    {
        try
        {
            var authority = Given(result.GetValue(CommonOptions.Authority), AuthorityVariable) is { } path ? new Authority(path, context.Time) : null;
            return new ClientAccess(Token(context, result), authority, context.Terminal.Error);
        }
        catch (OrchestratorException e) when (e is not CliException)
        {
            throw new CliException(ExitCode.Usage, [$"error: {e.Message}"], e);
        }
    }

    /// <summary>Opens a channel to a coordinator.</summary>
    public GrpcChannel Open(Uri address)
    {
        if (_token is not null && !_warned && address.Scheme == Uri.UriSchemeHttp && !IsLoopback(address))
        {
            _warned = true;
            _warnings.WriteLine($"warning: {address}: the token is sent without TLS and can be read on its way; use https:// where the coordinator has a certificate");
        }
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, ConnectTimeout = ConnectTimeout };
        new TlsClient(_authority).Configure(handler);
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = _token is null ? handler : new BearerHandler(_token, handler), DisposeHttpClient = true });
    }

    private static Func<string>? Token(CliContext context, ParseResult result)
    {
        if (result.GetValue(CommonOptions.TokenFile) is { Length: > 0 } given) return FromFile(given);
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } text)
        {
            try
            {
                var token = TokenFile.Parse(text);
                return () => token;
            }
            catch (FormatException e)
            {
                throw new CliException(ExitCode.Usage, "$" + TokenVariable, e.Message.TrimEnd('.'), "set it to the token that 'orch token new' printed", e);
            }
        }
        return Environment.GetEnvironmentVariable(TokenFileVariable) is { Length: > 0 } path ? FromFile(path) : null;

        Func<string> FromFile(string path)
        {
            var file = new TokenFile(path, context.Time);
            return () => file.Current;
        }
    }

    private static string? Given(string? option, string variable) => option is { Length: > 0 } ? option : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static bool IsLoopback(Uri address) => address.IsLoopback || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip));
}
