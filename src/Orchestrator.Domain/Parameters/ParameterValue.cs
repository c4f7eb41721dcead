using System.Globalization;
using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Parameters;

/// <summary>One value of one parameter: an integer, a real number, a text or a flag.</summary>
[JsonConverter(typeof(ParameterValueJsonConverter))]
public abstract record ParameterValue
{
    private ParameterValue() { }

    /// <summary>A 64-bit integer.</summary>
    public sealed record Integer(long Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A finite double-precision number.</summary>
    public sealed record Real(double Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value;
    }

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value ? "true" : "false";
    }

    /// <summary>Wraps an integer.</summary>
    public static ParameterValue Of(long value) => new Integer(value);

    /// <summary>Wraps a real number.</summary>
    public static ParameterValue Of(double value) => new Real(value);

    /// <summary>Wraps a text.</summary>
    public static ParameterValue Of(string value) => new Text(value);

    /// <summary>Wraps a flag.</summary>
    public static ParameterValue Of(bool value) => new Flag(value);

    /// <summary>The value as a number, or null for a text or a flag.</summary>
    [JsonIgnore]
    public double? Number => this switch
    {
        Integer i => i.Value,
        Real r => r.Value,
        _ => null,
    };
}
