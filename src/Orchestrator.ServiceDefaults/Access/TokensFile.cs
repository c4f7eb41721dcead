using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Files;

namespace Orchestrator.ServiceDefaults.Access;

/// <summary>
/// The tokens of an installation: a file with a line for each, <c>HASH name=NAME role=ROLE [team=TEAM] [expires=DATE]</c>, and comments that
/// begin with <c>#</c>. Read again when it changes: a line that is taken out revokes its token.
/// </summary>
public sealed partial class TokensFile : ITokenStore
{
    private const int MaxEntries = 10_000;
    private const int MaxFaults = 20;
    private const int HashDigits = 64;

    private readonly Reread<IReadOnlyList<TokenEntry>> _entries;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="faulty">Told of faults when the file has changed; the tokens of before count on.</param>
    /// <exception cref="OrchestratorException">It can't be read, or has faults: all of them are named.</exception>
    public TokensFile(string path, TimeProvider time, Action<string>? faulty = null) =>
        _entries = new Reread<IReadOnlyList<TokenEntry>>([path], contents => Parse(Encoding.UTF8.GetString(contents[0]), path), time, faulty);

    /// <inheritdoc/>
    public TokenEntry? Find(string presented) => Tokens.Find(_entries.Current, presented);

    /// <summary>The line of an entry.</summary>
    public static string Line(TokenEntry entry)
    {
        var line = $"{Convert.ToHexStringLower(entry.Hash.Span)} name={entry.Name} role={entry.Role.ToString().ToLowerInvariant()}";
        if (entry.Team is { } team) line += $" team={team}";
        if (entry.Expires is { } expires) line += $" expires={expires.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";
        return line;
    }

    /// <summary>Whether a token may bear this name: 1 to 64 letters, digits, '.', '_', '@' and '-'.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    /// <summary>Whether a team, which is a queue, may bear this name: 1 to 40 of a-z, 0-9 and '-'.</summary>
    public static bool IsTeam(string team) => TeamPattern().IsMatch(team);

    /// <summary>Reads the text of such a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">What the file is called in errors.</param>
    /// <exception cref="OrchestratorException">It has faults; all of them are named.</exception>
    public static IReadOnlyList<TokenEntry> Parse(string text, string path)
    {
        var (entries, faults) = (new List<TokenEntry>(), new List<string>());
        var hashes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var number = 0;
        foreach (var raw in text.EnumerateLines())
        {
            number++;
            var line = raw.Trim().ToString();
            if (line.Length == 0 || line[0] == '#') continue;
            if (ParseLine(line, out var entry) is { } fault) faults.Add($"{path}:{number}: {fault}");
            else if (!hashes.Add(Convert.ToHexString(entry!.Hash.Span))) faults.Add($"{path}:{number}: another line has the same token.");
            else entries.Add(entry);
        }
        if (entries.Count > MaxEntries) faults.Add($"{path}: there are {entries.Count} tokens; there may be {MaxEntries}.");
        return faults.Count == 0 ? entries : throw new OrchestratorException("tokens.faulty", string.Join('\n', faults.Take(MaxFaults)));
    }

    private static string? ParseLine(string line, out TokenEntry? entry)
    {
        entry = null;
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words[0].Length != HashDigits || !words[0].All(char.IsAsciiHexDigit))
            return "a line begins with the SHA-256 of a token, 64 hexadecimal digits; 'orch token new' makes such lines.";
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Skip(1))
        {
            if (word.Split('=', 2) is not [var key, { Length: > 0 } value] || key is not ("name" or "role" or "team" or "expires")) return $"'{word}' is none of name=, role=, team= and expires=.";
            if (!fields.TryAdd(key, value)) return $"{key}= is there twice.";
        }
        if (!fields.TryGetValue("name", out var name) || !IsName(name)) return "it has no name=, or one with other than 1 to 64 letters, digits, '.', '_', '@' and '-'.";
        if (!TryRole(fields.GetValueOrDefault("role"), out var role)) return "its role= must be viewer, submitter, admin or worker.";
        var team = fields.GetValueOrDefault("team");
        if (team is not null && !IsTeam(team)) return $"'{team}' is no name of a team: use 1 to 40 of a-z, 0-9 and '-', as for a queue.";
        DateTimeOffset? expires = null;
        if (fields.TryGetValue("expires", out var text))
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return $"expires={text} is no date such as 2030-12-31 or 2030-12-31T12:00:00Z.";
            expires = date;
        }
        entry = new TokenEntry(Convert.FromHexString(words[0]), name, role, team, expires);
        return null;
    }

    /// <summary>A role from its lower-case name.</summary>
    public static bool TryRole(string? text, out Role role)
    {
        role = default;
        return text is not null && text.All(char.IsAsciiLetterLower) && Enum.TryParse(text, ignoreCase: true, out role);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._@-]{1,64}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex TeamPattern();
}
