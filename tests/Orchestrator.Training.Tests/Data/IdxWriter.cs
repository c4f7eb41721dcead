using System.Buffers.Binary;
using System.IO.Compression;

namespace Orchestrator.Training.Tests.Data;

/// <summary>Makes IDX files.</summary>
internal static class IdxWriter
{
    internal static byte[] Make(int[] shape, byte[] data)
    {
        var file = new byte[4 + (4 * shape.Length) + data.Length];
        file[2] = 8;
        file[3] = (byte)shape.Length;
        for (var i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), shape[i]);
        data.CopyTo(file, file.Length - data.Length);
        return file;
    }

    internal static byte[] Gzip(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(data);
        return compressed.ToArray();
    }

    /// <summary>A set of 2 x 2 images: image i has the pixels i, i + 1, i + 2, i + 3, and the label i modulo 10.</summary>
    internal static void WriteSet(string folder, string prefix, int count)
    {
        var pixels = Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i, 4)).Select(value => (byte)value).ToArray();
        File.WriteAllBytes(Path.Combine(folder, $"{prefix}-images-idx3-ubyte.gz"), Gzip(Make([count, 2, 2], pixels)));
        File.WriteAllBytes(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"), Make([count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]));
    }
}
