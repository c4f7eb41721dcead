using System.Buffers.Binary;
using System.IO.Compression;

namespace Orchestrator.Training.Data;

/// <summary>An IDX file of unsigned bytes (http://yann.lecun.com/exdb/mnist), gzip or not.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Shape">Its dimensions; the first one counts the rows.</param>
/// <param name="Data">Its elements.</param>
internal sealed record IdxFile(string Path, IReadOnlyList<int> Shape, byte[] Data)
{
    private const byte UnsignedByte = 0x08;
    private const int MaximumBytes = 1 << 30;

    /// <summary>Reads a file that must have a given number of dimensions.</summary>
    /// <exception cref="TrainingException">The file is missing, truncated, too long, or something else than IDX.</exception>
    internal static IdxFile Read(string path, int dimensions)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var stream = Decompress(file);
            return Read(path, stream, dimensions);
        }
        catch (EndOfStreamException exception)
        {
            throw Damaged(path, "it is truncated", exception);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(path, $"it cannot be decompressed ({exception.Message})", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(TrainingException.DatasetMissing, $"Cannot read {path}: {exception.Message}", exception);
        }
    }

    private static IdxFile Read(string path, Stream stream, int dimensions)
    {
        var header = new byte[sizeof(int) * (1 + dimensions)];
        stream.ReadExactly(header, 0, sizeof(int));
        if (header[0] != 0 || header[1] != 0 || header[2] != UnsignedByte || header[3] != dimensions)
            throw Damaged(path, $"it begins with 0x{Convert.ToHexString(header, 0, sizeof(int))}, an IDX file of bytes with {dimensions} dimensions with 0x000008{dimensions:X2}");
        stream.ReadExactly(header, sizeof(int), header.Length - sizeof(int));
        var shape = Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(i * sizeof(int)))).ToArray();
        if (shape.Any(size => size <= 0) || shape.Aggregate(1.0, (product, size) => product * size) > MaximumBytes)
            throw Damaged(path, $"its dimensions {string.Join(" x ", shape)} are not possible");
        var data = new byte[shape.Aggregate(1, (product, size) => product * size)];
        stream.ReadExactly(data);
        if (stream.ReadByte() >= 0)
            throw Damaged(path, $"it goes on after its {shape[0]} rows");
        return new IdxFile(path, shape, data);
    }

    private static Stream Decompress(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : new BufferedStream(file);
    }

    private static TrainingException Damaged(string path, string detail, Exception? cause = null) =>
        new(TrainingException.DatasetDamaged, $"{path} is not a sound IDX file: {detail}. Fetch it again, or point 'dataset' elsewhere.", cause);
}
