using System.Text.RegularExpressions;

namespace Orchestrator.Domain.Specs;

/// <summary>What is done when an attempt fails in a certain way. The first rule that fits counts.</summary>
/// <param name="Match">A regular expression that is looked for in the reason and in the last lines of the log, in upper or lower case; without backtracking, so that it takes linear time. Null: any.</param>
/// <param name="Action">What is done.</param>
/// <param name="ExitCode">What the program ended with, where the task is one; with <paramref name="Match"/>, both have to fit. Null: anything.</param>
public sealed record FailureRule(string? Match, FailureAction Action, int? ExitCode = null)
{
    private Regex? _pattern;

    /// <summary>Whether a text can be such an expression.</summary>
    /// <param name="match">The expression.</param>
    /// <param name="fault">What is wrong with it; null where nothing is.</param>
    public static bool IsPattern(string match, out string? fault)
    {
        try
        {
            _ = Compile(match);
            fault = null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            fault = exception.Message;
        }
        return fault is null;
    }

    /// <summary>Whether a failure is one that the rule is about.</summary>
    public bool Fits(string? reason, string? logTail, int? exitCode)
    {
        if (ExitCode is not null && ExitCode != exitCode) return false;
        if (Match is null) return true;
        _pattern ??= Compile(Match);
        return (reason is not null && _pattern.IsMatch(reason)) || (logTail is not null && _pattern.IsMatch(logTail));
    }

    /// <inheritdoc/>
    public bool Equals(FailureRule? other) => other is not null && (Match, Action, ExitCode) == (other.Match, other.Action, other.ExitCode);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Match, Action, ExitCode);

    private static Regex Compile(string match) => new(match, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
