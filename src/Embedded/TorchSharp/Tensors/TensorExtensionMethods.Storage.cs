using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Upstream's binary format: element type, dimensions, sizes (LEB128), then the elements.</summary>
public static partial class TensorExtensionMethods
{
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        writer.Encode((int)tensor.dtype);
        var shape = tensor.shape;
        writer.Encode(shape.Length);
        foreach (var size in shape) writer.Encode(size);
        tensor.WriteBytesToStream(writer.BaseStream);
    }

    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    public static void Save(this Tensor tensor, string location) => tensor.Save(File.Create(location));

    /// <summary>Reads the elements of a tensor of the same type and shape; with <paramref name="skip"/>, passes over them.</summary>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (type != tensor.dtype)
            throw new ArgumentException($"the stream holds {type} where the tensor is {tensor.dtype}: the model is not the one that was saved");
        if (skip)
        {
            reader.BaseStream.Seek(shape.TotalSize() * type.ElementSize(), SeekOrigin.Current);
            return;
        }

        if (!shape.SequenceEqual(tensor.shape))
            throw new ArgumentException($"the stream holds a tensor of [{string.Join(", ", shape)}] where [{string.Join(", ", tensor.shape)}] is expected");
        Fill(tensor, reader);
    }

    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        var tensor = skip ? zeros(shape, type, CPU) : empty(shape, type, CPU);
        if (skip) reader.BaseStream.Seek(tensor.NumberOfElements * tensor.ElementSize, SeekOrigin.Current);
        else Fill(tensor, reader);
        return tensor;
    }

    private static (ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        const int maxDimensions = 64; // libtorch's own limit on most operators
        var type = (ScalarType)reader.Decode();
        _ = type.ElementSize();
        var dimensions = reader.Decode();
        if (dimensions is < 0 or > maxDimensions) throw new InvalidDataException($"a tensor of {dimensions} dimensions: the stream is damaged");
        var shape = new long[dimensions];
        for (var i = 0; i < shape.Length; i++) shape[i] = reader.Decode();
        return (type, shape);
    }

    private static void Fill(Tensor tensor, BinaryReader reader)
    {
        using var off = no_grad();
        if (tensor.is_cpu() && tensor.is_contiguous())
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
            return;
        }

        using var staging = empty(tensor.shape, tensor.dtype, CPU);
        staging.ReadBytesFromStream(reader.BaseStream);
        tensor.copy_(staging);
    }
}
