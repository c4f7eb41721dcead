using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.ServiceDefaults.Access;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch token new</c>: a token, shown once, and the line that lets it in.</summary>
internal sealed class NewTokenCommand : Command, IHasExamples, IStandsAlone
{
    private const int MaxDays = 3650;

    private readonly Option<string> _name = new("--name") { Description = "Whose it is, for logs: letters, digits, '.', '_', '@' and '-'", Required = true, HelpName = "NAME" };
    private readonly Option<string> _role = new("--role") { Description = "What it is good for: viewer, submitter, admin or worker", Required = true, HelpName = "ROLE" };
    private readonly Option<string?> _team = new("--team") { Description = "The queue that its submissions wait in (default: the default queue; of an admin any)", HelpName = "QUEUE" };
    private readonly Option<int?> _days = new("--days") { Description = "Days until it expires (default: never)", HelpName = "N" };
    private readonly Option<string?> _addTo = new("--add-to") { Description = "Add the line to this file, made where it is missing", HelpName = "FILE" };

    /// <summary>Makes the command.</summary>
    public NewTokenCommand(CliContext context)
        : base("new", "Make a token: it is printed once and kept nowhere; a coordinator's file has its hash")
    {
        _name.Validators.Add(r => Check(r.GetValueOrDefault<string>(), TokensFile.IsName, "--name: use 1 to 64 letters, digits, '.', '_', '@' and '-'", r.AddError));
        _role.Validators.Add(r => Check(r.GetValueOrDefault<string>(), text => TokensFile.TryRole(text, out _), "--role: there are viewer, submitter, admin and worker", r.AddError));
        _team.Validators.Add(r => Check(r.GetValueOrDefault<string?>(), TokensFile.IsTeam, "--team: use 1 to 40 of a-z, 0-9 and '-', as for a queue", r.AddError));
        _days.Validators.Add(r => Check(r.GetValueOrDefault<int?>()?.ToString(), text => int.Parse(text) is >= 1 and <= MaxDays, $"--days: 1 to {MaxDays}", r.AddError));
        Add(_name);
        Add(_role);
        Add(_team);
        Add(_days);
        Add(_addTo);
        SetAction(result => Make(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
        ["orch token new --role submitter --name ci --team vision", "orch token new --role worker --name pool-a --add-to /etc/orch/tokens > worker.token"];

    private int Make(CliContext context, ParseResult result)
    {
        var token = Tokens.New();
        TokensFile.TryRole(result.GetValue(_role), out var role);
        var expires = result.GetValue(_days) is { } days ? context.Time.GetUtcNow().AddDays(days) : (DateTimeOffset?)null;
        var line = TokensFile.Line(new TokenEntry(Tokens.Hash(token), result.GetRequiredValue(_name), role, result.GetValue(_team), expires));
        if (result.GetValue(_addTo) is { } file) PrivateFile.Append(file, line + "\n");
        if (result.GetValue(CommonOptions.Json))
        {
            context.Terminal.Out.WriteLine(new JsonObject { ["token"] = token, ["line"] = line }.ToJsonString(JsonText.Options));
            return ExitCode.Done;
        }
        // The token alone on standard output, so that it can go straight into a file or a secret.
        context.Terminal.Out.WriteLine(token);
        context.Terminal.Error.WriteLine(result.GetValue(_addTo) is { } added ? $"added to {added}: {line}" : $"add this line to the coordinator's --tokens file:\n{line}");
        return ExitCode.Done;
    }

    private static void Check(string? text, Func<string, bool> isRight, string error, Action<string> addError)
    {
        if (text is not null && !isRight(text)) addError(error);
    }
}
