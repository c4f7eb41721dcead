using System.CommandLine;
using Orchestrator.Cli.Local;

namespace Orchestrator.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal static class CommonOptions
{
    /// <summary>The environment variable that names a coordinator where <c>--coordinator</c> does not.</summary>
    public const string CoordinatorVariable = "ORCH_COORDINATOR";

    /// <summary>The state folder.</summary>
    public static readonly Option<string?> State = new("--state")
    {
        Description = $"Folder of the journal, logs, checkpoints and pictures (default: ${StateFolder.Variable}, else ./{StateFolder.Default})",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>A coordinator elsewhere.</summary>
    public static readonly Option<Uri?> Coordinator = new("--coordinator")
    {
        Description = $"gRPC address of a coordinator that runs already, such as http://host:7071 (default: ${CoordinatorVariable}, else the one on the state folder)",
        HelpName = "URL",
        Recursive = true,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;
            result.AddError($"--coordinator: '{text}' is no address; write it like http://host:7071");
            return null;
        },
    };

    /// <summary>What lets this program in.</summary>
    public static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = $"File with the token for the coordinator (default: ${ClientAccess.TokenVariable}, which holds a token, else ${ClientAccess.TokenFileVariable})",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Whom the coordinator's certificate must come from.</summary>
    public static readonly Option<string?> Authority = new("--ca")
    {
        Description = $"Certificate of the authority that the coordinator's must come from, PEM (default: ${ClientAccess.AuthorityVariable}, else whom the system trusts)",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Where a coordinator that this program starts keeps its metadata.</summary>
    public static readonly Option<string?> Metadata = new("--metadata")
    {
        Description = $"Where a coordinator that is started keeps journal and checkpoint catalogue: sqlite, or redis://[:PASSWORD@]HOST[:PORT][/DATABASE][?prefix=PREFIX] (default: ${HostFactory.MetadataVariable}, else sqlite)",
        HelpName = "URL",
        Recursive = true,
    };

    /// <summary>Where a coordinator that this program starts keeps checkpoints.</summary>
    public static readonly Option<string?> Checkpoints = new("--checkpoints")
    {
        Description = "Where a coordinator that is started keeps checkpoints, logs and what trials make: a folder, or s3://BUCKET/PREFIX[?endpoint=URL][&region=NAME] (default: the one that was given last, else in the state folder)",
        HelpName = "DIR|URL",
        Recursive = true,
    };

    /// <summary>For programs.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print results as JSON, one object on the last line of standard output",
        Recursive = true,
    };

    /// <summary>Those that say which coordinator is meant, or where one that is started keeps what.</summary>
    public static IReadOnlyList<Option> OfCoordinator { get; } = [State, Coordinator, TokenFile, Authority, Metadata, Checkpoints];

    /// <summary>The state folder that was asked for.</summary>
    public static StateFolder StateOf(ParseResult result) => new(
        result.GetValue(State) is { Length: > 0 } given ? given : Environment.GetEnvironmentVariable(StateFolder.Variable) is { Length: > 0 } variable ? variable : StateFolder.Default);

    /// <summary>The coordinator that was asked for; null: the one on the state folder.</summary>
    public static Uri? CoordinatorOf(ParseResult result)
    {
        if (result.GetValue(Coordinator) is { } given) return given;
        return Environment.GetEnvironmentVariable(CoordinatorVariable) is { Length: > 0 } variable && Uri.TryCreate(variable, UriKind.Absolute, out var uri) ? uri : null;
    }
}
