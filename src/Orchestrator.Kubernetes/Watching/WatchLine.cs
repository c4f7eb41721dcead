using System.Text.Json;

namespace Orchestrator.Kubernetes.Watching;

/// <summary>One line of a watch: what happened, and where its object is in the line.</summary>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>BOOKMARK</c> or <c>ERROR</c>.</param>
/// <param name="Object">The object as it was sent.</param>
internal readonly record struct WatchLine(string Type, ReadOnlyMemory<byte> Object)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no watch event.</exception>
    public static WatchLine Parse(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span);
        string? type = null;
        ReadOnlyMemory<byte>? value = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isType) type = reader.GetString();
            reader.Skip();
            if (isObject) value = line[start..(int)reader.BytesConsumed];
        }
        return type is not null && value is { } found ? new WatchLine(type, found) : throw new JsonException("A watch event has a type and an object.");
    }
}
