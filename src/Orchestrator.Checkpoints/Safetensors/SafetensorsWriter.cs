using System.Buffers.Binary;
using System.Text.Json;

namespace Orchestrator.Checkpoints.Safetensors;

/// <summary>Writes safetensors files (https://github.com/huggingface/safetensors): an 8-byte length, a JSON header, raw elements.</summary>
public static class SafetensorsWriter
{
    private const int HeaderAlignment = 8;

    /// <summary>Writes <paramref name="tensors"/> to <paramref name="output"/>; equal inputs give equal bytes.</summary>
    /// <param name="output">Where to write; need not be seekable.</param>
    /// <param name="tensors">The tensors. Wider elements are laid out first, so that every tensor is aligned to its element.</param>
    /// <param name="metadata">Free text entries for the header's <c>__metadata__</c>.</param>
    /// <exception cref="ArgumentException">A name is used twice or reserved, or a shape does not match its data.</exception>
    public static void Write(Stream output, IEnumerable<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors.OrderByDescending(t => t.DataType.Size()).ToList();
        Check(ordered);
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        output.Write(length);
        output.Write(header);
        foreach (var tensor in ordered)
            output.Write(tensor.Data.Span);
    }

    private static void Check(List<TensorData> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"The tensor name '{tensor.Name}' is used twice or reserved.", nameof(tensors));
            var elements = tensor.Shape.Aggregate(1L, (product, size) => checked(product * size));
            if (elements * tensor.DataType.Size() != tensor.Data.Length)
                throw new ArgumentException($"Tensor '{tensor.Name}' has {tensor.Data.Length} bytes, its shape needs {elements * tensor.DataType.Size()}.", nameof(tensors));
        }
    }

    private static byte[] Header(List<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long begin = 0;
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, begin);
                begin += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % HeaderAlignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
            return;
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, TensorData tensor, long begin)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.DataType.HeaderName());
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
