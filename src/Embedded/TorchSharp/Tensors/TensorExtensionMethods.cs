using TorchSharp.Modules;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    public static Parameter AsParameter(this Tensor tensor) => tensor as Parameter ?? new Parameter(tensor, tensor.requires_grad);

    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this ScalarType type) => ScalarTypes.SizeOf(type);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) =>
        doCopy
            ? Blobs.Over((T[])rawArray.Clone(), dimensions, ScalarTypes.Of(typeof(T))).With(requires_grad)
            : Blobs.Over(rawArray, dimensions, ScalarTypes.Of(typeof(T))).With(requires_grad);

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct =>
        Blobs.Over(new[] { scalar }, [], ScalarTypes.Of(typeof(T))).Placed(null, device, requires_grad);

    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();
    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();
    public static sbyte ToSByte(this Tensor value) => value.ToScalar().ToSByte();
    public static short ToInt16(this Tensor value) => value.ToScalar().ToInt16();
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();
    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();
    public static Half ToHalf(this Tensor value) => value.ToScalar().ToHalf();

    internal static Tensor ToTensor(this Scalar value) => Op.Call("scalar_tensor", value, value.Type);

    /// <summary>A new tensor in its final type and place; disposes the one it started from.</summary>
    internal static Tensor Placed(this Tensor tensor, ScalarType? dtype, Device? device, bool requiresGrad)
    {
        if (dtype is { } type && type != tensor.dtype) tensor = tensor.to_type(type, disposeAfter: true);
        device ??= get_default_device();
        if (device.type != DeviceType.CPU) tensor = tensor.to(device, disposeAfter: true);
        return tensor.With(requiresGrad);
    }
}
