using System.Text.RegularExpressions;

namespace Orchestrator.Domain.Identity;

/// <summary>Names one worker process for its lifetime: 1 to 128 characters of letters, digits, <c>.</c>, <c>_</c> and <c>-</c>. A restarted process takes a new id.</summary>
/// <param name="Value">The text of the id.</param>
public readonly partial record struct WorkerId(string Value)
{
    /// <summary>Reads an id, or returns false where <paramref name="text"/> is not of the form.</summary>
    public static bool TryParse(string? text, out WorkerId id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
