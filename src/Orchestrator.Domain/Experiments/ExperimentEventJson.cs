using System.Text.Json;

namespace Orchestrator.Domain.Experiments;

/// <summary>Events as JSON, the form every journal keeps them in.</summary>
public static class ExperimentEventJson
{
    /// <summary>Writes an event as one line of UTF-8 JSON.</summary>
    public static byte[] Serialize(ExperimentEvent value) => JsonSerializer.SerializeToUtf8Bytes(value, ExperimentEventJsonContext.Default.ExperimentEvent);

    /// <summary>Reads an event.</summary>
    /// <exception cref="JsonException">The text is not an event that this version knows.</exception>
    public static ExperimentEvent Deserialize(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, ExperimentEventJsonContext.Default.ExperimentEvent) ?? throw new JsonException("An event can't be null.");
        }
        catch (NotSupportedException e) // what the serializer throws where the discriminator is missing
        {
            throw new JsonException("An event names its kind in 'event'.", e);
        }
    }
}
