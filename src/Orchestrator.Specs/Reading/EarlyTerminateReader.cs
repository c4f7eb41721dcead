using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Keys;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads which trial scheduler a sweep has. W&amp;B's hyperband stops at rungs without waiting, as our ASHA does.</summary>
internal static class EarlyTerminateReader
{
    private const double DefaultEta = 3;

    public static EarlyTerminateSpec? Read(Section section)
    {
        if (!section.Has(SweepKeys.EarlyTerminateType)) section.Missing(SweepKeys.EarlyTerminateType, "write 'type: asha'.");
        if (SweepKeys.EarlyTerminateType.Read(section) is not { } type) return null;
        var eta = SweepKeys.Eta.Read(section) ?? DefaultEta;
        var minimum = (int?)SweepKeys.MinIter.Read(section);
        var maximum = (int?)SweepKeys.MaxIter.Read(section);
        if (minimum >= maximum)
        {
            section.Error(SweepKeys.MinIter, $"min_iter {minimum} is not below max_iter {maximum}: no rung is left.");
            return null;
        }
        return type == EarlyTerminateKind.Asha ? Asha(section, minimum, maximum, eta) : Hyperband(section, minimum, maximum, eta);
    }

    private static EarlyTerminateSpec.Asha Asha(Section section, int? minimum, int? maximum, double eta)
    {
        Refuse(section, SweepKeys.BracketCount, "asha", "brackets");
        return new EarlyTerminateSpec.Asha(minimum ?? 1, eta, maximum, (int)(SweepKeys.Brackets.Read(section) ?? 1));
    }

    /// <summary>W&amp;B: with min_iter the rungs are <c>min_iter * eta^k</c>; with max_iter and s they are <c>max_iter / eta^k</c>, k from s to 1.</summary>
    private static EarlyTerminateSpec.Asha Hyperband(Section section, int? minimum, int? maximum, double eta)
    {
        Refuse(section, SweepKeys.Brackets, "hyperband", "s");
        if (section.Has(SweepKeys.Strict)) section.Warn(SweepKeys.Strict, "it has no effect here.");
        if (minimum is null && maximum is null && !section.Has(SweepKeys.MinIter) && !section.Has(SweepKeys.MaxIter))
            section.Missing(SweepKeys.MinIter, "hyperband needs min_iter, or max_iter and s.");
        if (SweepKeys.BracketCount.Read(section) is { } rungs && minimum is null && maximum is { } end)
            minimum = (int)Math.Max(1, Math.Round(end / Math.Pow(eta, rungs)));
        return new EarlyTerminateSpec.Asha(minimum ?? 1, eta, maximum);
    }

    private static void Refuse(Section section, SweepKey key, string type, string instead)
    {
        if (section.Entry(key) is { } entry)
            section.Findings.Error(entry.Position, section.PathOf(key.Name), $"'{type}' has no '{key.Name}'; it has '{instead}'.");
    }
}
