using System.Text.RegularExpressions;
using Orchestrator.Domain.Errors;

namespace Orchestrator.ServiceDefaults.Access.Oidc;

/// <summary>
/// Whose tokens let people in, and as what. A file: a line <c>issuer=URL audience=NAME</c>, and for each rule a line <c>CLAIM=VALUE role=ROLE [team=TEAM]</c>,
/// the first that fits counts; comments begin with <c>#</c>.
/// </summary>
/// <param name="Issuer">The provider, exactly as its tokens name it; HTTPS, or HTTP on loopback.</param>
/// <param name="Audience">For whom its tokens have to be: the name that this installation has there.</param>
/// <param name="Rules">Who has which role.</param>
public sealed partial record OidcSettings(string Issuer, string Audience, IReadOnlyList<OidcRule> Rules)
{
    private const int MaxRules = 1000;
    private const int MaxFaults = 20;

    /// <summary>Reads the text of such a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">What the file is called in errors.</param>
    /// <exception cref="OrchestratorException">It has faults; all of them are named.</exception>
    public static OidcSettings Parse(string text, string path)
    {
        var (rules, faults) = (new List<OidcRule>(), new List<string>());
        OidcSettings? provider = null;
        var number = 0;
        foreach (var raw in text.EnumerateLines())
        {
            number++;
            var line = raw.Trim().ToString();
            if (line.Length == 0 || line[0] == '#') continue;
            var fault = line.StartsWith("issuer=", StringComparison.Ordinal) ? ParseProvider(line, ref provider) : ParseRule(line, rules);
            if (fault is not null) faults.Add($"{path}:{number}: {fault}");
        }
        if (provider is null && faults.Count == 0) faults.Add($"{path}: no line says issuer=URL audience=NAME.");
        if (rules.Count is 0 or > MaxRules && faults.Count == 0) faults.Add($"{path}: there are {rules.Count} lines CLAIM=VALUE role=ROLE; there may be 1 to {MaxRules}.");
        return faults.Count == 0 ? provider! with { Rules = rules } : throw new OrchestratorException("oidc.faulty", string.Join('\n', faults.Take(MaxFaults)));
    }

    /// <summary>Whether what is fetched from there can be trusted to be from there.</summary>
    public static bool IsTrustworthy(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri is { Scheme: "http", IsLoopback: true };

    private static string? ParseProvider(string line, ref OidcSettings? provider)
    {
        if (ProviderLine().Match(line) is not { Success: true } match) return "such a line is issuer=URL audience=NAME.";
        if (provider is not null) return "there is a provider already.";
        var issuer = match.Groups["issuer"].Value;
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || !IsTrustworthy(uri)) return $"issuer={issuer} is no https:// URL.";
        provider = new OidcSettings(issuer, match.Groups["audience"].Value, []);
        return null;
    }

    private static string? ParseRule(string line, List<OidcRule> rules)
    {
        if (RuleLine().Match(line) is not { Success: true } match) return "a rule is CLAIM=VALUE role=ROLE [team=TEAM]; a value with blanks is in \"\".";
        if (!TokensFile.TryRole(match.Groups["role"].Value, out var role) || role == Role.Worker) return "its role= must be viewer, submitter or admin.";
        var team = match.Groups["team"] is { Success: true, Value: var name } ? name : null;
        if (team is not null && !TokensFile.IsTeam(team)) return $"'{team}' is no name of a team: use 1 to 40 of a-z, 0-9 and '-', as for a queue.";
        rules.Add(new OidcRule(match.Groups["claim"].Value, match.Groups["value"].Value.Trim('"'), role, team));
        return null;
    }

    [GeneratedRegex(@"\Aissuer=(?<issuer>\S+)\s+audience=(?<audience>\S+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ProviderLine();

    [GeneratedRegex("\\A(?<claim>[A-Za-z0-9_:./-]{1,128})=(?<value>\"[^\"]+\"|\\S+)\\s+role=(?<role>\\S+)(\\s+team=(?<team>\\S+))?\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex RuleLine();
}
