using System.Text.RegularExpressions;

namespace Orchestrator.Domain.Identity;

/// <summary>Names one submitted sweep: 1 to 63 characters of <c>a-z 0-9 -</c>, beginning with a letter or digit, for instance <c>mnist-vae-1</c>.</summary>
/// <param name="Value">The text of the id.</param>
public readonly partial record struct ExperimentId(string Value)
{
    /// <summary>Reads an id, or returns false where <paramref name="text"/> is not of the form.</summary>
    public static bool TryParse(string? text, out ExperimentId id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text is not of the form.</exception>
    public static ExperimentId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an experiment id: use 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
