using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Operator_ShapesThatDoNotMatch_ThrowsExternalExceptionWithLibtorchsMessage()
    {
        using var a = zeros(2, 3);
        using var b = zeros(4, 5);
        var error = Assert.Throws<ExternalException>(() => a.matmul(b));
        Assert.Contains("cannot be multiplied (2x3 and 4x5)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_SecondTimeWithoutGraph_ThrowsExternalException()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = (x * x).sum();
        y.backward();
        Assert.Throws<ExternalException>(() => y.backward());
    }

    [Fact]
    public void Handle_AfterDispose_Throws()
    {
        var tensor = zeros(1);
        tensor.Dispose();
        tensor.Dispose();
        Assert.True(tensor.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => tensor.sum());
    }

    [Fact]
    public void Tensor_OfEveryElementType_KeepsValues()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1f, 2f], tensor(new[] { 1f, 2f }).data<float>().ToArray());
        Assert.Equal([1d, 2d], tensor(new[] { 1d, 2d }).data<double>().ToArray());
        Assert.Equal([1L, -2L], tensor(new[] { 1L, -2L }).data<long>().ToArray());
        Assert.Equal([1, -2], tensor(new[] { 1, -2 }).data<int>().ToArray());
        Assert.Equal<byte>([1, 255], tensor(new byte[] { 1, 255 }).data<byte>().ToArray());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        Assert.Equal(ScalarType.Float32, tensor(1.5f).dtype);
        Assert.Equal(7L, tensor(7L).item<long>());
        Assert.Equal([2L, 3L], tensor(new float[2, 3]).shape);
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1f }, ScalarType.Float64).dtype);
    }

    [Fact]
    public void Tensor_ShapeThatDoesNotFit_Throws() =>
        Assert.Throws<ArgumentException>(() => tensor(new float[5], [2, 3]));

    [Fact]
    public void Data_OfAnotherType_Throws()
    {
        using var tensor = zeros(2);
        Assert.Throws<ArgumentException>(() => tensor.data<double>());
        Assert.Throws<ArgumentException>(() => tensor.item<float>());
    }

    [Fact]
    public void Data_OfTransposedTensor_ReadsAndWritesInRowMajorOrder()
    {
        using var scope = NewDisposeScope();
        var matrix = arange(6, dtype: ScalarType.Float32).view(2, 3);
        var elements = matrix.t().data<float>();
        Assert.Equal([0f, 3, 1, 4, 2, 5], elements.ToArray());
        elements[2, 1] = 9;
        Assert.Equal(9, matrix[1, 2].item<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => elements[3, 0]);
        var copy = (float[,])elements.ToNDArray();
        Assert.Equal(9, copy[2, 1]);
    }

    [Fact]
    public void Bytes_OfContiguousTensor_AreItsMemory()
    {
        using var tensor = zeros(3);
        MemoryMarshal.Cast<byte, float>(tensor.bytes)[1] = 5;
        Assert.Equal([0f, 5, 0], tensor.data<float>().ToArray());
        using var transposed = zeros(2, 3).t();
        Assert.Throws<NotSupportedException>(() => transposed.bytes.Length);
    }

    [Fact]
    public void Streams_RoundTrip_KeepsElements()
    {
        using var source = rand(300, 7);
        using var target = zeros(300, 7);
        using var stream = new MemoryStream();
        source.WriteBytesToStream(stream);
        stream.Position = 0;
        target.ReadBytesFromStream(stream);
        Assert.True(source.Equals(target));
        Assert.Throws<EndOfStreamException>(() => target.ReadBytesFromStream(stream));
    }

    [Fact]
    public void FromBuffer_SharesTheArrayAndLetsItGo()
    {
        var weak = Share();
        for (var i = 0; i < 10 && weak.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(weak.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Share()
        {
            var array = new float[] { 1, 2, 3, 4 };
            using var shared = frombuffer(array, ScalarType.Float32, count: 2, offset: 1);
            array[1] = 7;
            Assert.Equal([7f, 3], shared.data<float>().ToArray());
            Assert.Throws<ArgumentException>(() => frombuffer(array, ScalarType.Float32, count: 5));
            return new WeakReference(array);
        }
    }

    [Fact]
    public void Index_Assignment_WritesIntoThePart()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);
        x[1, 2] = tensor(5f);
        x[TensorIndex.Single(0), TensorIndex.Slice(1)] = tensor(2f);
        x[x == 0] = tensor(-1f);
        Assert.Equal([-1f, 2, 2, -1, -1, 5], x.data<float>().ToArray());
    }

    [Fact]
    public void BFloat16_Conversion_RoundsAndComputes()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 1.00390625f, 3.14159f }).to(ScalarType.BFloat16);
        Assert.Equal(2, x.ElementSize);
        Assert.Equal([1f, 1f, 3.140625f], x.to(ScalarType.Float32).data<float>().ToArray());
        Assert.Equal(ScalarType.BFloat16, x.matmul(x).dtype);
    }

    [Fact]
    public void Finalizer_ForgottenTensors_AreFreed()
    {
        var before = Tensor.TotalCount;
        Forget();
        for (var i = 0; i < 10 && Tensor.TotalCount > before + 500; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(Tensor.TotalCount, 0, before + 500);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget()
        {
            for (var i = 0; i < 1000; i++) _ = zeros(1);
        }
    }

    [Fact]
    public void ToDevice_ThatIsNotThere_ThrowsExternalException()
    {
        using var tensor = zeros(1);
        Assert.False(cuda.is_available());
        Assert.Throws<ExternalException>(() => tensor.cuda());
        Assert.Throws<ArgumentException>(() => new Device("gpu0"));
    }
}
