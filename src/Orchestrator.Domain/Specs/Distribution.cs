using System.Text.Json.Serialization;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Specs;

/// <summary>What values a parameter takes, and how likely each is when drawn at random. Names and meanings are those of W&amp;B sweeps.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Constant), "constant")]
[JsonDerivedType(typeof(Categorical), "categorical")]
[JsonDerivedType(typeof(Ordinal), "ordinal")]
[JsonDerivedType(typeof(Uniform), "uniform")]
[JsonDerivedType(typeof(LogUniform), "log_uniform")]
[JsonDerivedType(typeof(InverseLogUniform), "inv_log_uniform")]
[JsonDerivedType(typeof(IntUniform), "int_uniform")]
[JsonDerivedType(typeof(Normal), "normal")]
[JsonDerivedType(typeof(LogNormal), "log_normal")]
[JsonDerivedType(typeof(Beta), "beta")]
[JsonDerivedType(typeof(Derived), "derived")]
public abstract record Distribution
{
    private Distribution() { }

    /// <summary>Always the same value.</summary>
    public sealed record Constant(ParameterValue Value) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => value == Value;
    }

    /// <summary>One of a list of values. <paramref name="Probabilities"/> has one entry per value and sums to 1; null means all alike.</summary>
    public sealed record Categorical(IReadOnlyList<ParameterValue> Values, IReadOnlyList<double>? Probabilities = null) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => Values.Contains(value);
    }

    /// <summary>One of a list of values whose order matters: neighbours are alike.</summary>
    public sealed record Ordinal(IReadOnlyList<ParameterValue> Values) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => Values.Contains(value);
    }

    /// <summary>A real in [<paramref name="Min"/>, <paramref name="Max"/>]; with <paramref name="Quantum"/>, rounded to its multiples.</summary>
    public sealed record Uniform(double Min, double Max, double? Quantum = null) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => IsWithin(value, Min, Max, Quantum);
    }

    /// <summary>A real in [<paramref name="Min"/>, <paramref name="Max"/>], both above 0, whose logarithm is uniform.</summary>
    public sealed record LogUniform(double Min, double Max, double? Quantum = null) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => IsWithin(value, Min, Max, Quantum);
    }

    /// <summary>A real x in [<paramref name="Min"/>, <paramref name="Max"/>], both above 0, with log(1/x) uniform.</summary>
    public sealed record InverseLogUniform(double Min, double Max) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => IsWithin(value, Min, Max, null);
    }

    /// <summary>An integer in [<paramref name="Min"/>, <paramref name="Max"/>], both ends included.</summary>
    public sealed record IntUniform(long Min, long Max) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => value is ParameterValue.Integer integer && integer.Value >= Min && integer.Value <= Max;
    }

    /// <summary>A normal with mean <paramref name="Mean"/> and standard deviation <paramref name="StandardDeviation"/> above 0.</summary>
    public sealed record Normal(double Mean, double StandardDeviation, double? Quantum = null) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => IsWithin(value, double.MinValue, double.MaxValue, Quantum);
    }

    /// <summary>A positive real whose natural logarithm is normal.</summary>
    public sealed record LogNormal(double Mean, double StandardDeviation, double? Quantum = null) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => IsWithin(value, Quantum is null ? double.Epsilon : 0, double.MaxValue, Quantum);
    }

    /// <summary>A real in [0, 1] with the density x^(<paramref name="A"/> - 1) (1 - x)^(<paramref name="B"/> - 1); both above 0.</summary>
    public sealed record Beta(double A, double B, double? Quantum = null) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => IsWithin(value, 0, 1, Quantum);
    }

    /// <summary>What an expression over other parameters gives: not searched, but computed (<see cref="Parameters.Expressions.Expression"/>).</summary>
    public sealed record Derived(string Expression) : Distribution
    {
        /// <inheritdoc/>
        public override bool Contains(ParameterValue value) => false;
    }

    /// <summary>Whether this can give a value; an expression gives none by itself.</summary>
    public abstract bool Contains(ParameterValue value);

    private static bool IsWithin(ParameterValue value, double minimum, double maximum, double? quantum)
    {
        const double Slack = 1e-9;
        if (value.Number is not { } number || number < minimum || number > maximum) return false;
        if (quantum is not { } q) return true;
        var multiple = number / q;
        return Math.Abs(multiple - Math.Round(multiple)) <= Slack * Math.Max(1, Math.Abs(multiple));
    }
}
