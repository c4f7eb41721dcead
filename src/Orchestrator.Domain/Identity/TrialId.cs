using System.Globalization;

namespace Orchestrator.Domain.Identity;

/// <summary>Names one point of a sweep's space that is, was or will be trained.</summary>
/// <param name="Experiment">The sweep.</param>
/// <param name="Number">Counts from 1 in the order of proposal.</param>
public readonly record struct TrialId(ExperimentId Experiment, int Number)
{
    /// <summary>Reads <c>EXPERIMENT/NUMBER</c>, or returns false.</summary>
    public static bool TryParse(string? text, out TrialId id)
    {
        id = default;
        var slash = text?.LastIndexOf('/') ?? -1;
        if (slash < 0 || !ExperimentId.TryParse(text![..slash], out var experiment)) return false;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return false;
        id = new(experiment, number);
        return true;
    }

    /// <summary>Gives <c>EXPERIMENT/NUMBER</c>.</summary>
    public override string ToString() => $"{Experiment}/{Number}";
}
