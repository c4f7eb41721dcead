using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Keys;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads the distribution of one parameter and checks that it can be drawn from.</summary>
internal sealed class DistributionReader(Section section)
{
    // Beyond this a double no longer tells integers apart.
    private const long LargestInteger = 1L << 53;
    private const double ProbabilitySlack = 1e-6;

    /// <summary>The distribution; null, with an error, where it is faulty.</summary>
    public Distribution? Read()
    {
        if (Word() is not { } word) return null;
        if (!OnlyKeysOf(word)) return null;
        var errors = section.Findings.Errors.Count;
        var distribution = word.Kind switch
        {
            DistributionKind.Constant => ParameterKeys.Value.Read(section) is { } value ? new Distribution.Constant(value) : Missing(ParameterKeys.Value),
            DistributionKind.Categorical => Categorical(),
            DistributionKind.Ordinal => Ordinal(),
            DistributionKind.Derived => ParameterKeys.Expression.Read(section) is { } expression ? new Distribution.Derived(expression) : Missing(ParameterKeys.Expression),
            DistributionKind.Beta => Beta(word),
            DistributionKind.IntUniform => IntUniform(),
            DistributionKind.Normal or DistributionKind.LogNormal => Normal(word),
            _ => Range(word),
        };
        return section.Findings.Errors.Count == errors ? distribution : null;
    }

    /// <summary>W&amp;B's rule: without a distribution, the other keys tell.</summary>
    private DistributionWord? Word()
    {
        if (section.Has(ParameterKeys.Distribution)) return ParameterKeys.Distribution.Read(section);
        if (section.Has(ParameterKeys.Value)) return DistributionWord.Constant;
        if (section.Has(ParameterKeys.Values)) return DistributionWord.Categorical;
        if (section.Has(ParameterKeys.Expression)) return DistributionWord.Derived;
        if (section.Has(ParameterKeys.Min) || section.Has(ParameterKeys.Max))
        {
            var real = new[] { ParameterKeys.Min, ParameterKeys.Max }.Any(key => key.ReadValue(section) is ParameterValue.Real);
            return real ? DistributionWord.Uniform : DistributionWord.IntUniform;
        }
        section.Findings.Error(section.Position, section.Path, "it has no values: give 'value', 'values', 'min' and 'max', or a 'distribution'.");
        return null;
    }

    private bool OnlyKeysOf(DistributionWord word)
    {
        SweepKey[] used = word.Kind switch
        {
            DistributionKind.Constant => [ParameterKeys.Value],
            DistributionKind.Categorical => [ParameterKeys.Values, ParameterKeys.Probabilities],
            DistributionKind.Ordinal => [ParameterKeys.Values],
            DistributionKind.Derived => [ParameterKeys.Expression],
            DistributionKind.Beta => [ParameterKeys.A, ParameterKeys.B],
            DistributionKind.Normal or DistributionKind.LogNormal => [ParameterKeys.Mu, ParameterKeys.Sigma],
            _ => [ParameterKeys.Min, ParameterKeys.Max],
        };
        if (word.Quantised) used = [.. used, ParameterKeys.Q];
        return section.OnlyHas([ParameterKeys.Distribution, .. used, ParameterKeys.When], ParameterKeys.Table, $"the distribution '{word.Word}'");
    }

    private Distribution.Categorical? Categorical()
    {
        if (ParameterKeys.Values.Read(section) is not { } values) return Missing(ParameterKeys.Values) as Distribution.Categorical;
        foreach (var (value, position) in values.Where((v, i) => values.Take(i).Any(w => w.Value == v.Value)))
            section.Findings.Warn(position, section.PathOf(ParameterKeys.Values.Name), $"'{value}' is listed more than once, so it is more likely.");
        return new Distribution.Categorical([.. values.Select(v => v.Value)], Probabilities(values.Count));
    }

    private Distribution? Ordinal()
    {
        if (ParameterKeys.Values.Read(section) is not { } values) return Missing(ParameterKeys.Values);
        foreach (var (value, position) in values.Where((v, i) => values.Take(i).Any(w => w.Value == v.Value)))
            section.Findings.Error(position, section.PathOf(ParameterKeys.Values.Name), $"'{value}' is listed more than once: an order has each value in one place.");
        return new Distribution.Ordinal([.. values.Select(v => v.Value)]);
    }

    private Distribution.Beta Beta(DistributionWord word) => new(
        ParameterKeys.A.Read(section) ?? 1,
        ParameterKeys.B.Read(section) ?? 1,
        word.Quantised ? ParameterKeys.Q.Read(section) ?? 1 : null);

    private double[]? Probabilities(int count)
    {
        if (ParameterKeys.Probabilities.Read(section) is not { } read) return null;
        foreach (var (value, position) in read.Where(p => p.Value.Number is not >= 0))
            section.Findings.Error(position, section.PathOf(ParameterKeys.Probabilities.Name), $"a probability is a number from 0 to 1, not {value}.");
        double[] probabilities = [.. read.Select(p => p.Value.Number ?? 0)];
        if (probabilities.Length != count)
            section.Error(ParameterKeys.Probabilities, $"there are {probabilities.Length} probabilities for {count} values.");
        else if (Math.Abs(probabilities.Sum() - 1) > ProbabilitySlack)
            section.Error(ParameterKeys.Probabilities, $"the probabilities sum to {probabilities.Sum():G6}, not to 1.");
        return probabilities;
    }

    private Distribution.IntUniform? IntUniform()
    {
        var (low, high) = (Whole(ParameterKeys.Min), Whole(ParameterKeys.Max));
        return low is { } minimum && high is { } maximum && Ordered(minimum, maximum) ? new Distribution.IntUniform(minimum, maximum) : null;
    }

    private long? Whole(NumberKey key)
    {
        if (!section.Has(key)) section.Missing(key, "a range has both ends.");
        if (key.ReadValue(section) is not { } value) return null;
        if (value is ParameterValue.Integer { Value: >= -LargestInteger and <= LargestInteger } whole) return whole.Value;
        section.Error(key, $"int_uniform takes whole numbers from -2^53 to 2^53, not {value}.");
        return null;
    }

    private Distribution? Range(DistributionWord word)
    {
        foreach (var key in new[] { ParameterKeys.Min, ParameterKeys.Max })
            if (!section.Has(key)) section.Missing(key, "a range has both ends.");
        var (low, high) = (ParameterKeys.Min.Read(section), ParameterKeys.Max.Read(section));
        if (low is not { } minimum || high is not { } maximum || !Ordered(minimum, maximum)) return null;
        double? quantum = word.Quantised ? ParameterKeys.Q.Read(section) ?? 1 : null;
        switch (word.Kind)
        {
            case DistributionKind.Uniform: break;
            case DistributionKind.LogUniform: (minimum, maximum) = (Math.Exp(minimum), Math.Exp(maximum)); break;
            case DistributionKind.InverseLogUniform: (minimum, maximum) = (Math.Exp(-maximum), Math.Exp(-minimum)); break;
            default:
                if (minimum <= 0) section.Error(ParameterKeys.Min, $"{word.Word} takes values above 0, not {minimum}: they have a logarithm.");
                break;
        }
        if (word.Kind != DistributionKind.Uniform && !(double.IsFinite(maximum) && minimum < maximum))
            section.Error(ParameterKeys.Min, $"{word.Word} takes exponents to base e, and these are out of range; for the values themselves use {word.Word}_values.");
        if (quantum is { } q && Math.Ceiling(minimum / q - 1e-9) > Math.Floor(maximum / q + 1e-9))
            section.Error(ParameterKeys.Q, $"no multiple of {q} lies in the range.");
        return word.Kind switch
        {
            DistributionKind.Uniform => new Distribution.Uniform(minimum, maximum, quantum),
            DistributionKind.LogUniform or DistributionKind.LogUniformValues => new Distribution.LogUniform(minimum, maximum, quantum),
            _ => new Distribution.InverseLogUniform(minimum, maximum),
        };
    }

    private Distribution Normal(DistributionWord word)
    {
        var mean = ParameterKeys.Mu.Read(section) ?? 0;
        var deviation = ParameterKeys.Sigma.Read(section) ?? 1;
        double? quantum = word.Quantised ? ParameterKeys.Q.Read(section) ?? 1 : null;
        return word.Kind == DistributionKind.Normal ? new Distribution.Normal(mean, deviation, quantum) : new Distribution.LogNormal(mean, deviation, quantum);
    }

    private bool Ordered(double minimum, double maximum)
    {
        if (minimum < maximum) return true;
        section.Error(ParameterKeys.Min, minimum > maximum ? $"min {minimum} is above max {maximum}." : $"min and max are both {minimum}; for one value write 'value: {minimum}'.");
        return false;
    }

    private Distribution? Missing(SweepKey key)
    {
        if (!section.Has(key)) section.Missing(key, "the distribution needs it.");
        return null;
    }
}
