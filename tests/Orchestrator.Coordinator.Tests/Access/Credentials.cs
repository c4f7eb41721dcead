using Orchestrator.ServiceDefaults.Access;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Access;

/// <summary>A tokens file with somebody of every role.</summary>
internal sealed class Credentials
{
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal) { ["wrong"] = ServiceDefaults.Access.Tokens.New() };

    public Credentials(TemporaryFolder folder)
    {
        var lines = new List<string> { "# made for a test", "" };
        Add("viewer", Role.Viewer);
        Add("submitter", Role.Submitter);
        Add("vision", Role.Submitter, "vision");
        Add("admin", Role.Admin);
        Add("worker", Role.Worker);
        Add("expired", Role.Admin, expires: DateTimeOffset.UnixEpoch);
        File = folder.Write("tokens", string.Join('\n', lines));

        void Add(string name, Role role, string? team = null, DateTimeOffset? expires = null)
        {
            var token = _tokens[name] = ServiceDefaults.Access.Tokens.New();
            lines.Add(TokensFile.Line(new TokenEntry(ServiceDefaults.Access.Tokens.Hash(token), name, role, team, expires)));
        }
    }

    public string File { get; }

    /// <summary>What somebody sends; null: nothing.</summary>
    public string? Header(string who) => who switch
    {
        "nobody" => null,
        "basic" => "Basic YTpi",
        _ => "Bearer " + _tokens[who],
    };
}
