using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which managed type holds an element of which tensor type.</summary>
internal static class ScalarTypes
{
    internal static ScalarType Of(Type type) =>
        type == typeof(float) ? ScalarType.Float32 :
        type == typeof(long) ? ScalarType.Int64 :
        type == typeof(byte) ? ScalarType.Byte :
        type == typeof(double) ? ScalarType.Float64 :
        type == typeof(int) ? ScalarType.Int32 :
        type == typeof(bool) ? ScalarType.Bool :
        type == typeof(short) ? ScalarType.Int16 :
        type == typeof(sbyte) ? ScalarType.Int8 :
        type == typeof(Half) ? ScalarType.Float16 :
        type == typeof((float, float)) ? ScalarType.ComplexFloat32 :
        type == typeof(System.Numerics.Complex) ? ScalarType.ComplexFloat64 :
        throw new NotSupportedException($"a tensor cannot hold elements of type {type.Name}");

    internal static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "an unknown element type"),
    };

    internal static void Require<T>(ScalarType actual)
    {
        if (Of(typeof(T)) != actual)
            throw new ArgumentException($"{typeof(T).Name} is not the type of this tensor's elements, which is {actual}");
    }
}
