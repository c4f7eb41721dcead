using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Parameters;

/// <summary>Writes a parameter value as the plain JSON value. A whole real keeps its point (<c>1.0</c>), so that it reads back as a real.</summary>
public sealed class ParameterValueJsonConverter : JsonConverter<ParameterValue>
{
    /// <inheritdoc/>
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => ParameterValue.Of(reader.GetString()!),
        JsonTokenType.True => ParameterValue.Of(true),
        JsonTokenType.False => ParameterValue.Of(false),
        JsonTokenType.Number when reader.TryGetInt64(out var integer) && !HasPoint(ref reader) => ParameterValue.Of(integer),
        JsonTokenType.Number => ParameterValue.Of(reader.GetDouble()),
        _ => throw new JsonException($"A parameter value is a number, a string or a boolean, not {reader.TokenType}."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case ParameterValue.Integer i: writer.WriteNumberValue(i.Value); break;
            case ParameterValue.Real r: writer.WriteRawValue(Real(r.Value)); break;
            case ParameterValue.Text t: writer.WriteStringValue(t.Value); break;
            case ParameterValue.Flag f: writer.WriteBooleanValue(f.Value); break;
            default: throw new JsonException($"Unknown parameter value {value.GetType().Name}.");
        }
    }

    private static string Real(double value)
    {
        if (!double.IsFinite(value)) throw new JsonException($"A parameter value is a finite number, not {value}.");
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'e') < 0 ? text + ".0" : text;
    }

    private static bool HasPoint(ref Utf8JsonReader reader) =>
        (reader.HasValueSequence ? Encoding.ASCII.GetString(reader.ValueSequence) : Encoding.ASCII.GetString(reader.ValueSpan)).AsSpan().IndexOfAny('.', 'E', 'e') >= 0;
}
