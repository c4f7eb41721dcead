using Orchestrator.Protocol;
using Spectre.Console;

namespace Orchestrator.Cli.Progress;

/// <summary>A column of a table of trials.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Of">A trial's text in it.</param>
internal sealed record TrialColumn(string Title, Func<Trial, string> Of)
{
    /// <summary>Whether it is aligned to the right, as numbers are.</summary>
    public bool IsRight { get; init; }

    /// <summary>Whether its texts are cut to the space that the others leave.</summary>
    public bool IsCut { get; init; }

    /// <summary>How a trial's text looks.</summary>
    public Func<Trial, Style> Style { get; init; } = _ => Spectre.Console.Style.Plain;

    /// <summary>The widest of its texts and its title.</summary>
    public int Width(IEnumerable<Trial> trials) => trials.Select(trial => Of(trial).Length).Append(Title.Length).Max();
}
