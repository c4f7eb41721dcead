using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Parameters;

/// <summary>Writes a parameter set as one JSON object.</summary>
public sealed class ParameterSetJsonConverter : JsonConverter<ParameterSet>
{
    private static readonly ParameterValueJsonConverter Values = new();

    /// <inheritdoc/>
    public override ParameterSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Parameters are one JSON object.");
        var entries = new List<KeyValuePair<string, ParameterValue>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            entries.Add(new(name, Values.Read(ref reader, typeof(ParameterValue), options)));
        }
        return new ParameterSet(entries);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ParameterSet value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, entry) in value)
        {
            writer.WritePropertyName(name);
            Values.Write(writer, entry, options);
        }
        writer.WriteEndObject();
    }
}
