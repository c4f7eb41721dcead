using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Safetensors;

namespace Orchestrator.Training.Data;

/// <summary>
/// A safetensors file with a tensor <c>images</c> of bytes, rows x height x width, maybe with 1 channel, and maybe a tensor <c>labels</c> of bytes.
/// </summary>
internal static class SafetensorsImages
{
    private const string Images = "images";
    private const string Labels = "labels";
    private const long MostBytes = 1L << 30;

    /// <exception cref="TrainingException">The file is missing, damaged, or has other tensors.</exception>
    internal static DatasetSplit Open(string path)
    {
        try
        {
            using var reader = SafetensorsReader.Open(File.OpenRead(path), path);
            return Read(path, reader).Divide();
        }
        catch (CheckpointException exception)
        {
            throw new TrainingException(TrainingException.DatasetDamaged, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(TrainingException.DatasetMissing, $"Cannot read {path}: {exception.Message}", exception);
        }
    }

    private static LabelledImages Read(string path, SafetensorsReader reader)
    {
        var shape = Require(path, reader, Images).Shape;
        var isPlain = shape.Count == 3 || (shape.Count == 4 && shape[1] == 1);
        if (!isPlain || shape.Any(size => size <= 0) || shape.Aggregate(1.0, (product, size) => product * size) > MostBytes)
            throw new TrainingException(TrainingException.DatasetDamaged, $"{path}: 'images' is [{string.Join(", ", shape)}]; it must be rows x height x width, or rows x 1 x height x width, and at most {MostBytes >> 20} MiB.");
        var (pixels, labels) = (new byte[shape.Aggregate(1L, (product, size) => product * size)], new byte[shape[0]]);
        reader.Read(Images, pixels);
        if (reader.Tensors.ContainsKey(Labels))
        {
            if (Require(path, reader, Labels).Shape is not [var count] || count != shape[0])
                throw new TrainingException(TrainingException.DatasetDamaged, $"{path}: 'labels' must have a number for each of the {shape[0]} images.");
            reader.Read(Labels, labels);
        }

        return new LabelledImages(path, pixels, labels, (int)shape[^2], (int)shape[^1]);
    }

    private static TensorEntry Require(string path, SafetensorsReader reader, string name) =>
        reader.Tensors.TryGetValue(name, out var entry) && entry.DataType == TensorDataType.UInt8
            ? entry
            : throw new TrainingException(TrainingException.DatasetDamaged, $"{path} has no tensor '{name}' of bytes (U8).");
}
