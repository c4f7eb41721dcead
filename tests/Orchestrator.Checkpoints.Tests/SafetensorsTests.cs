using System.Buffers.Binary;
using System.Text;
using Orchestrator.Checkpoints.Safetensors;

namespace Orchestrator.Checkpoints.Tests;

public sealed class SafetensorsTests
{
    [Fact]
    public void Write_SeveralTypes_AreReadBack()
    {
        var file = Write(
            new TensorData("bytes", TensorDataType.UInt8, [3], new byte[] { 1, 2, 3 }),
            new TensorData("weight", TensorDataType.Float32, [2, 2], Bytes([1f, -2f, 0.5f, float.NaN])),
            new TensorData("scalar", TensorDataType.Int64, [], BitConverter.GetBytes(-7L)),
            new TensorData("empty", TensorDataType.Float32, [0, 4], Array.Empty<byte>()));

        using var reader = SafetensorsReader.Open(new MemoryStream(file), "test");
        Assert.Equal("bytes empty scalar weight", string.Join(" ", reader.Tensors.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal([2, 2], reader.Tensors["weight"].Shape);
        Assert.Equal(Bytes([1f, -2f, 0.5f, float.NaN]), Read(reader, "weight"));
        Assert.Equal(BitConverter.GetBytes(-7L), Read(reader, "scalar"));
        Assert.Equal([1, 2, 3], Read(reader, "bytes"));
        Assert.Empty(Read(reader, "empty"));
    }

    [Fact]
    public void Write_Metadata_IsReadBack()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [], new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt", ["quote"] = "\"é\"" });
        using var reader = SafetensorsReader.Open(new MemoryStream(stream.ToArray()), "test");
        Assert.Equal("pt", reader.Metadata["format"]);
        Assert.Equal("\"é\"", reader.Metadata["quote"]);
    }

    [Fact]
    public void Write_AnyOrder_AlignsEachTensorToItsElement()
    {
        var file = Write(
            new TensorData("a", TensorDataType.UInt8, [3], new byte[3]),
            new TensorData("b", TensorDataType.Float64, [1], new byte[8]),
            new TensorData("c", TensorDataType.Float32, [1], new byte[4]));
        using var reader = SafetensorsReader.Open(new MemoryStream(file), "test");
        Assert.All(reader.Tensors.Values, tensor => Assert.Equal(0, tensor.Offset % tensor.DataType.Size()));
    }

    [Fact]
    public void Write_ANameTwice_IsRefused() => Assert.Throws<ArgumentException>(() => Write(
        new TensorData("a", TensorDataType.UInt8, [1], new byte[1]),
        new TensorData("a", TensorDataType.UInt8, [1], new byte[1])));

    [Fact]
    public void Write_AShapeUnlikeItsData_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Write(new TensorData("a", TensorDataType.Float32, [2], new byte[4])));

    [Fact]
    public void Read_ATensorThatIsNotThere_SaysSo()
    {
        using var reader = SafetensorsReader.Open(new MemoryStream(Write()), "model.safetensors");
        var exception = Assert.Throws<CheckpointException>(() => reader.Read("fc1.weight", []));
        Assert.Equal(CheckpointError.Incompatible, exception.Error);
        Assert.Contains("fc1.weight", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("{", 0, "not JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":"x","data_offsets":[0,4]}}""", 4, "not an array")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 4, "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "contradict")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "contradict")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "hole")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 2, "belong to none")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not text")]
    public void Open_AMalformedHeader_SaysWhatIsWrong(string header, int dataLength, string expected) =>
        AssertDamaged(File(header, dataLength), expected);

    [Fact]
    public void Open_ATruncatedFile_SaysSo()
    {
        var file = Write(new TensorData("a", TensorDataType.Float32, [4], new byte[16]));
        for (var length = 0; length < file.Length; length++)
            AssertDamaged(file[..length], "");
    }

    [Fact]
    public void Open_AHugeHeaderLength_IsRefusedWithoutAllocation()
    {
        var file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);
        AssertDamaged(file, "claims");
    }

    private static void AssertDamaged(byte[] file, string expected)
    {
        var exception = Assert.Throws<CheckpointException>(() => SafetensorsReader.Open(new MemoryStream(file), "model.safetensors"));
        Assert.Equal(CheckpointError.Damaged, exception.Error);
        Assert.Contains("model.safetensors", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static byte[] File(string header, int dataLength)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    private static byte[] Write(params TensorData[] tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors);
        return stream.ToArray();
    }

    private static byte[] Read(SafetensorsReader reader, string name)
    {
        var data = new byte[reader.Tensors[name].Length];
        reader.Read(name, data);
        return data;
    }

    private static byte[] Bytes(float[] values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
