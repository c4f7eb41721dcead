using System.Buffers.Binary;
using System.IO.Compression;

namespace Orchestrator.Tasks.Tests;

/// <summary>The first digits of the shipped set as a dataset of its own, so that an epoch takes a few steps.</summary>
internal static class SmallDigits
{
    private const int Rows = 600;

    /// <summary>Writes 600 digits (540 to train, 60 to validate) to a folder.</summary>
    internal static string Create(string folder)
    {
        Directory.CreateDirectory(folder);
        Copy(folder, "t10k-images-idx3-ubyte", 16, 28 * 28);
        Copy(folder, "t10k-labels-idx1-ubyte", 8, 1);
        return folder;
    }

    private static void Copy(string folder, string name, int headerLength, int rowLength)
    {
        using var source = new GZipStream(File.OpenRead(Path.Combine(Trials.Digits, name + ".gz")), CompressionMode.Decompress);
        var content = new byte[headerLength + (Rows * rowLength)];
        source.ReadExactly(content);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4), Rows);
        File.WriteAllBytes(Path.Combine(folder, name), content);
    }
}
