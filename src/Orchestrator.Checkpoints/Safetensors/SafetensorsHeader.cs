using System.Text.Json;

namespace Orchestrator.Checkpoints.Safetensors;

/// <summary>Parses and validates a header: nothing in it is trusted.</summary>
internal sealed class SafetensorsHeader
{
    internal const string MetadataKey = "__metadata__";

    private readonly long _dataStart;
    private readonly long _dataLength;
    private readonly Dictionary<string, TensorEntry> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader(long dataStart, long dataLength) => (_dataStart, _dataLength) = (dataStart, dataLength);

    internal IReadOnlyDictionary<string, TensorEntry> Tensors => _tensors;

    internal IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <exception cref="FormatException">The header is malformed; the message says how.</exception>
    internal static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataStart, long dataLength)
    {
        var header = new SafetensorsHeader(dataStart, dataLength);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            header.ReadEntries(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the header is not JSON ({exception.Message})", exception);
        }

        header.CheckLayout();
        return header;
    }

    private void ReadEntries(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("the header is not a JSON object");
        foreach (var property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
                ReadMetadata(property.Value);
            else if (!_tensors.TryAdd(property.Name, ReadEntry(property.Name, property.Value)))
                throw new FormatException($"tensor '{property.Name}' appears twice");
        }
    }

    private void ReadMetadata(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{MetadataKey} is not an object");
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw new FormatException($"{MetadataKey}.{property.Name} is not text");
            _metadata[property.Name] = property.Value.GetString()!;
        }
    }

    private TensorEntry ReadEntry(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var dtype)
            || !value.TryGetProperty("shape", out var shape)
            || !value.TryGetProperty("data_offsets", out var offsets))
            throw new FormatException($"tensor '{name}' lacks dtype, shape or data_offsets");
        if (dtype.ValueKind != JsonValueKind.String || !TensorDataTypes.TryParse(dtype.GetString(), out var type))
            throw new FormatException($"tensor '{name}' has the unknown dtype {dtype}");
        var sizes = Integers(name, "shape", shape);
        var range = Integers(name, "data_offsets", offsets);
        if (range.Length != 2 || range[1] < range[0] || range[1] > _dataLength)
            throw new FormatException($"tensor '{name}' has data_offsets outside the {_dataLength} bytes of data");
        if (ByteCount(sizes, type) != range[1] - range[0])
            throw new FormatException($"tensor '{name}' has {range[1] - range[0]} bytes, which its shape and dtype contradict");
        return new TensorEntry(name, type, sizes, _dataStart + range[0], range[1] - range[0]);
    }

    private static long[] Integers(string name, string property, JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{property} of tensor '{name}' is not an array");
        var values = new long[array.GetArrayLength()];
        for (var i = 0; i < values.Length; i++)
        {
            if (array[i].ValueKind != JsonValueKind.Number || !array[i].TryGetInt64(out values[i]) || values[i] < 0)
                throw new FormatException($"{property} of tensor '{name}' holds something else than whole numbers >= 0");
        }

        return values;
    }

    private static long ByteCount(long[] sizes, TensorDataType type)
    {
        Int128 product = type.Size();
        foreach (var size in sizes)
            product = Int128.Min(product * size, long.MaxValue);
        return (long)product;
    }

    /// <summary>The tensors must cover the data exactly: a hole or an overlap could hide other content.</summary>
    private void CheckLayout()
    {
        var position = _dataStart;
        foreach (var tensor in _tensors.Values.OrderBy(t => t.Offset).ThenBy(t => t.Length))
        {
            if (tensor.Offset != position)
                throw new FormatException($"tensor '{tensor.Name}' leaves a hole or overlaps another");
            position += tensor.Length;
        }

        if (position != _dataStart + _dataLength)
            throw new FormatException($"{_dataStart + _dataLength - position} bytes after the last tensor belong to none");
    }
}
