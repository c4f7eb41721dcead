using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Keys;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads which trial scheduler a sweep has. W&amp;B's hyperband stops at rungs without waiting, as our ASHA does.</summary>
internal sealed class EarlyTerminateReader(Section section)
{
    private const double DefaultEta = 3;

    public EarlyTerminateSpec? Read()
    {
        if (!section.Has(SweepKeys.EarlyTerminateType)) section.Missing(SweepKeys.EarlyTerminateType, "write 'type: asha'.");
        if (SweepKeys.EarlyTerminateType.Read(section) is not { } type || !OnlyKeysOf(type)) return null;
        return type switch
        {
            EarlyTerminateKind.Asha => Asha(),
            EarlyTerminateKind.Hyperband => Hyperband(),
            EarlyTerminateKind.Patience => Patience(),
            _ => Percentile(),
        };
    }

    private bool OnlyKeysOf(EarlyTerminateKind type)
    {
        SweepKey[] used = type switch
        {
            EarlyTerminateKind.Asha => [SweepKeys.MinIter, SweepKeys.MaxIter, SweepKeys.Eta, SweepKeys.Brackets],
            EarlyTerminateKind.Hyperband => [SweepKeys.MinIter, SweepKeys.MaxIter, SweepKeys.Eta, SweepKeys.BracketCount, SweepKeys.Strict],
            EarlyTerminateKind.Median => [SweepKeys.MinIter, SweepKeys.MinTrials, SweepKeys.CheckEvery],
            EarlyTerminateKind.Percentile => [SweepKeys.Share, SweepKeys.MinIter, SweepKeys.MinTrials, SweepKeys.CheckEvery],
            _ => [SweepKeys.PatienceEpochs, SweepKeys.MinDelta, SweepKeys.MinIter],
        };
        return section.OnlyHas([SweepKeys.EarlyTerminateType, .. used], SweepKeys.EarlyTerminate.Table, $"'{type.ToString().ToLowerInvariant()}'");
    }

    private EarlyTerminateSpec.Asha? Asha()
    {
        var (minimum, maximum, eta) = Rungs();
        return IsOrdered(minimum, maximum) ? new EarlyTerminateSpec.Asha(minimum ?? 1, eta, maximum, (int)(SweepKeys.Brackets.Read(section) ?? 1)) : null;
    }

    /// <summary>W&amp;B: with min_iter the rungs are <c>min_iter * eta^k</c>; with max_iter and s they are <c>max_iter / eta^k</c>, k from s to 1.</summary>
    private EarlyTerminateSpec.Asha? Hyperband()
    {
        var (minimum, maximum, eta) = Rungs();
        if (section.Has(SweepKeys.Strict)) section.Warn(SweepKeys.Strict, "it has no effect here.");
        if (!section.Has(SweepKeys.MinIter) && !section.Has(SweepKeys.MaxIter)) section.Missing(SweepKeys.MinIter, "hyperband needs min_iter, or max_iter and s.");
        if (SweepKeys.BracketCount.Read(section) is { } rungs && minimum is null && maximum is { } end)
            minimum = (int)Math.Max(1, Math.Round(end / Math.Pow(eta, rungs)));
        return IsOrdered(minimum, maximum) ? new EarlyTerminateSpec.Asha(minimum ?? 1, eta, maximum) : null;
    }

    private EarlyTerminateSpec.Percentile Percentile()
    {
        var share = SweepKeys.Share.Read(section) ?? 0.5;
        if (share >= 1) section.Error(SweepKeys.Share, $"a share of {share} stops no trial: it is below 1.");
        return new EarlyTerminateSpec.Percentile(
            share,
            (int)(SweepKeys.MinIter.Read(section) ?? 1),
            (int)(SweepKeys.MinTrials.Read(section) ?? 5),
            (int)(SweepKeys.CheckEvery.Read(section) ?? 1));
    }

    private EarlyTerminateSpec.Patience? Patience()
    {
        if (!section.Has(SweepKeys.PatienceEpochs)) section.Missing(SweepKeys.PatienceEpochs, "say how long a trial may go without getting better.");
        if (SweepKeys.PatienceEpochs.Read(section) is not { } epochs) return null;
        return new EarlyTerminateSpec.Patience((int)epochs, SweepKeys.MinDelta.Read(section) ?? 0, (int)(SweepKeys.MinIter.Read(section) ?? 1));
    }

    private (int? Minimum, int? Maximum, double Eta) Rungs() =>
        ((int?)SweepKeys.MinIter.Read(section), (int?)SweepKeys.MaxIter.Read(section), SweepKeys.Eta.Read(section) ?? DefaultEta);

    private bool IsOrdered(int? minimum, int? maximum)
    {
        if (!(minimum >= maximum)) return true;
        section.Error(SweepKeys.MinIter, $"min_iter {minimum} is not below max_iter {maximum}: no rung is left.");
        return false;
    }
}
