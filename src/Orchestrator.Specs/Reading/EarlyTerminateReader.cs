using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Keys;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads which trial scheduler a sweep has. W&amp;B's hyperband stops at rungs without waiting, as our ASHA does.</summary>
/// <param name="section">The map.</param>
/// <param name="space">The sweep's parameters: they say where trials end, and what a population may change.</param>
/// <param name="epochs">Where trials end that do not say it themselves; null: unknown.</param>
internal sealed class EarlyTerminateReader(Section section, IReadOnlyList<ParameterSpec> space, int? epochs)
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
            EarlyTerminateKind.Pbt or EarlyTerminateKind.Pb2 => Population(type),
            EarlyTerminateKind.Wilcoxon => Wilcoxon(),
            EarlyTerminateKind.Forecast => Forecast(),
            _ => Percentile(),
        };
    }

    private bool OnlyKeysOf(EarlyTerminateKind type)
    {
        SweepKey[] used = type switch
        {
            EarlyTerminateKind.Asha => [SweepKeys.MinIter, SweepKeys.MaxIter, SweepKeys.Eta, SweepKeys.Brackets, SweepKeys.Variant],
            EarlyTerminateKind.Hyperband => [SweepKeys.MinIter, SweepKeys.MaxIter, SweepKeys.Eta, SweepKeys.BracketCount, SweepKeys.Strict, SweepKeys.Variant],
            EarlyTerminateKind.Median => [SweepKeys.MinIter, SweepKeys.MinTrials, SweepKeys.CheckEvery],
            EarlyTerminateKind.Percentile => [SweepKeys.Share, SweepKeys.MinIter, SweepKeys.MinTrials, SweepKeys.CheckEvery],
            EarlyTerminateKind.Pbt => [SweepKeys.Interval, SweepKeys.Share, SweepKeys.Resample, SweepKeys.Mutate],
            EarlyTerminateKind.Pb2 => [SweepKeys.Interval, SweepKeys.Share, SweepKeys.Mutate],
            EarlyTerminateKind.Wilcoxon => [SweepKeys.Significance],
            EarlyTerminateKind.Forecast => [SweepKeys.Share, SweepKeys.MinTrials, SweepKeys.MinIter],
            _ => [SweepKeys.PatienceEpochs, SweepKeys.MinDelta, SweepKeys.MinIter],
        };
        return section.OnlyHas([SweepKeys.EarlyTerminateType, .. used], SweepKeys.EarlyTerminate.Table, $"'{type.ToString().ToLowerInvariant()}'");
    }

    private EarlyTerminateSpec? Asha()
    {
        var (minimum, maximum, eta) = Rungs();
        var brackets = (int)(SweepKeys.Brackets.Read(section) ?? 1);
        if (!IsOrdered(minimum, maximum)) return null;
        switch (SweepKeys.Variant.Read(section))
        {
            case HalvingVariant.Promotion: return new EarlyTerminateSpec.Promotion(minimum ?? 1, eta, maximum ?? End(), brackets);
            case HalvingVariant.Synchronous: section.Error(SweepKeys.Variant, "asha is stopping or promotion; synchronous is a variant of hyperband."); return null;
            default: return new EarlyTerminateSpec.Asha(minimum ?? 1, eta, maximum, brackets);
        }
    }

    /// <summary>W&amp;B: with min_iter the rungs are <c>min_iter * eta^k</c>; with max_iter and s they are <c>max_iter / eta^k</c>, k from s to 1.</summary>
    private EarlyTerminateSpec? Hyperband()
    {
        var (minimum, maximum, eta) = Rungs();
        switch (SweepKeys.Variant.Read(section))
        {
            case HalvingVariant.Promotion: section.Error(SweepKeys.Variant, "hyperband is stopping or synchronous; promotion is a variant of asha."); return null;
            case HalvingVariant.Synchronous: return Synchronous(minimum, maximum ?? End(), eta);
        }
        if (section.Has(SweepKeys.Strict)) section.Warn(SweepKeys.Strict, "it has no effect here.");
        if (!section.Has(SweepKeys.MinIter) && !section.Has(SweepKeys.MaxIter)) section.Missing(SweepKeys.MinIter, "hyperband needs min_iter, or max_iter and s.");
        if (SweepKeys.BracketCount.Read(section) is { } rungs && minimum is null && maximum is { } end)
            minimum = (int)Math.Max(1, Math.Round(end / Math.Pow(eta, rungs)));
        return IsOrdered(minimum, maximum) ? new EarlyTerminateSpec.Asha(minimum ?? 1, eta, maximum) : null;
    }

    private EarlyTerminateSpec.Hyperband? Synchronous(int? minimum, int? maximum, double eta)
    {
        if (maximum is not { } end)
        {
            section.Missing(SweepKeys.MaxIter, "say how many epochs a whole training has.");
            return null;
        }
        return IsOrdered(minimum, end) ? new EarlyTerminateSpec.Hyperband(end, minimum ?? 1, eta) : null;
    }

    private EarlyTerminateSpec.Population? Population(EarlyTerminateKind type)
    {
        if (!section.Has(SweepKeys.Interval)) section.Missing(SweepKeys.Interval, "say how many epochs lie between two comparisons.");
        var share = SweepKeys.Share.Read(section) ?? 0.25;
        var resample = SweepKeys.Resample.Read(section) ?? 0.25;
        if (share > 0.5) section.Error(SweepKeys.Share, $"a share of {share} leaves too few trials to fork: it is at most 0.5.");
        if (resample is < 0 or > 1) section.Error(SweepKeys.Resample, $"{resample} is no probability: it is from 0 to 1.");
        var mutate = SweepKeys.Mutate.Read(section)?.Select(m => m.Value.ToString()!).ToList();
        foreach (var name in (mutate ?? []).Where(name => space.All(p => p.Name != name)))
            section.Error(SweepKeys.Mutate, $"there is no parameter '{name}'{Suggestion.For(name, [.. space.Select(p => p.Name)])}");
        return SweepKeys.Interval.Read(section) is { } interval ? new EarlyTerminateSpec.Population((int)interval, share, resample, mutate, type == EarlyTerminateKind.Pb2) : null;
    }

    private EarlyTerminateSpec.Wilcoxon Wilcoxon()
    {
        var significance = SweepKeys.Significance.Read(section) ?? 0.1;
        if (significance >= 1) section.Error(SweepKeys.Significance, $"{significance} is no probability below 1.");
        return new EarlyTerminateSpec.Wilcoxon(significance);
    }

    private EarlyTerminateSpec.Forecast Forecast()
    {
        var usual = new EarlyTerminateSpec.Forecast();
        var share = SweepKeys.Share.Read(section) ?? usual.Share;
        if (share > 1) section.Error(SweepKeys.Share, $"a share of {share} is more than all trials: it is at most 1.");
        return new EarlyTerminateSpec.Forecast(share, (int)(SweepKeys.MinTrials.Read(section) ?? usual.MinTrials), (int)(SweepKeys.MinIter.Read(section) ?? usual.MinResource));
    }

    /// <summary>Where every trial ends: pauses behind that would be for nothing.</summary>
    private int? End()
    {
        var own = space.FirstOrDefault(p => p.Name == "epochs");
        if (own is null) return epochs;
        return own.Distribution is Distribution.Constant { Value.Number: { } number } ? (int)number : null;
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
