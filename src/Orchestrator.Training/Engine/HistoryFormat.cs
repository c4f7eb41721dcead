using Orchestrator.Checkpoints.Manifests;

namespace Orchestrator.Training.Engine;

/// <summary>What epochs reported, as bytes that ranks of one build give one another.</summary>
internal static class HistoryFormat
{
    internal static byte[] Write(IReadOnlyCollection<EpochMetrics> history)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(history.Count);
        foreach (var (epoch, metrics) in history)
        {
            writer.Write(epoch);
            writer.Write(metrics.Count);
            foreach (var (name, value) in metrics)
            {
                writer.Write(name);
                writer.Write(value);
            }
        }

        return stream.ToArray();
    }

    internal static EpochMetrics[] Read(ReadOnlySpan<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var history = new EpochMetrics[reader.ReadInt32()];
        for (var i = 0; i < history.Length; i++)
        {
            var epoch = reader.ReadInt32();
            var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var name = reader.ReadString();
                metrics[name] = reader.ReadDouble();
            }

            history[i] = new EpochMetrics(epoch, metrics);
        }

        return history;
    }
}
