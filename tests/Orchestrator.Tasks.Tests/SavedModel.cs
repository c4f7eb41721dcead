using System.Runtime.InteropServices;
using Orchestrator.Checkpoints.Safetensors;
using Orchestrator.Domain.Checkpoints;

namespace Orchestrator.Tasks.Tests;

/// <summary>Reads the parameters of a checkpoint.</summary>
internal static class SavedModel
{
    /// <summary>All parameters, one after the other in the order of their names.</summary>
    internal static float[] Read(CheckpointRecord checkpoint)
    {
        using var reader = SafetensorsReader.Open(File.OpenRead(Path.Combine(new Uri(checkpoint.Location).LocalPath, "model.safetensors")), "model.safetensors");
        return [.. reader.Tensors.Keys.Order(StringComparer.Ordinal).SelectMany(tensor => Read(reader, tensor))];
    }

    private static float[] Read(SafetensorsReader reader, string tensor)
    {
        var values = new float[reader.Tensors[tensor].Length / sizeof(float)];
        reader.Read(tensor, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
