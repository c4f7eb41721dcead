using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Spaces;

/// <summary>
/// One parameter of a space, seen as a map from the unit interval: a uniform draw through it has the parameter's distribution.
/// A finite dimension also lists its values in a fixed order.
/// </summary>
internal abstract class Dimension(string name)
{
    /// <summary>The parameter.</summary>
    public string Name { get; } = name;

    /// <summary>How many values there are; null: not finite.</summary>
    public abstract long? Count { get; }

    /// <summary>Whether near places of the unit interval give like values; not so for texts and flags.</summary>
    public virtual bool IsOrdered => true;

    /// <summary>Whether the values have ends.</summary>
    public virtual bool IsBounded => true;

    /// <summary>The value at a place of the unit interval.</summary>
    /// <param name="unit">In [0, 1].</param>
    public abstract ParameterValue FromUnit(double unit);

    /// <summary>A place of the unit interval that gives this value; the middle of them for a value of a finite dimension.</summary>
    public abstract double ToUnit(ParameterValue value);

    /// <summary>The share of random draws that give the value at an index of a finite dimension.</summary>
    public virtual double ShareOf(long index) => 1.0 / Count!.Value;

    /// <summary>The value at an index of a finite dimension, from 0.</summary>
    public abstract ParameterValue At(long index);

    /// <summary>The dimension of a declared parameter.</summary>
    public static Dimension Of(ParameterSpec parameter) => parameter.Distribution switch
    {
        Distribution.Constant d => new CategoricalDimension(parameter.Name, [d.Value], null),
        Distribution.Categorical d => new CategoricalDimension(parameter.Name, d.Values, d.Probabilities),
        Distribution.Ordinal d => new OrdinalDimension(parameter.Name, d.Values),
        Distribution.Beta d => Real(parameter.Name, new BetaQuantile(d.A, d.B), d.Quantum),
        Distribution.IntUniform d => new IntegerDimension(parameter.Name, d.Min, d.Max),
        Distribution.Uniform d => Real(parameter.Name, new UniformQuantile(d.Min, d.Max), d.Quantum),
        Distribution.LogUniform d => Real(parameter.Name, new LogUniformQuantile(d.Min, d.Max), d.Quantum),
        // The logarithm of 1/x is uniform exactly when that of x is.
        Distribution.InverseLogUniform d => Real(parameter.Name, new LogUniformQuantile(d.Min, d.Max), null),
        Distribution.Normal d => Real(parameter.Name, new NormalQuantile(d.Mean, d.StandardDeviation), d.Quantum),
        Distribution.LogNormal d => Real(parameter.Name, new LogNormalQuantile(d.Mean, d.StandardDeviation), d.Quantum),
        _ => throw new NotSupportedException($"Parameter '{parameter.Name}': a {parameter.Distribution.GetType().Name} distribution can't be searched."),
    };

    private static Dimension Real(string name, Quantile quantile, double? quantum) =>
        quantum is { } q ? new QuantisedDimension(name, quantile, q) : new RealDimension(name, quantile);
}
