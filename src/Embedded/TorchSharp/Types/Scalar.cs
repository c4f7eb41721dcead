using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number for an operator. Needs no disposal here; upstream's holds a native object.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ScalarType type, long value, ValueKind kind = ValueKind.Int)
    {
        Type = type;
        Kind = kind;
        Bits = value;
    }

    private Scalar(ScalarType type, double value)
        : this(type, BitConverter.DoubleToInt64Bits(value), ValueKind.Double)
    {
    }

    public ScalarType Type { get; }

    internal ValueKind Kind { get; }

    internal long Bits { get; }

    internal double Double => Kind == ValueKind.Double ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal long Long => Kind == ValueKind.Double ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal static Scalar Of(in Value value, ScalarType type) => new(type, value.Bits, value.Kind);

    public static implicit operator Scalar(byte value) => new(ScalarType.Byte, value);
    public static implicit operator Scalar(sbyte value) => new(ScalarType.Int8, value);
    public static implicit operator Scalar(short value) => new(ScalarType.Int16, value);
    public static implicit operator Scalar(int value) => new(ScalarType.Int32, value);
    public static implicit operator Scalar(long value) => new(ScalarType.Int64, value);
    public static implicit operator Scalar(float value) => new(ScalarType.Float32, (double)value);
    public static implicit operator Scalar(double value) => new(ScalarType.Float64, value);
    public static implicit operator Scalar(Half value) => new(ScalarType.Float16, (double)value);
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, value ? 1 : 0, ValueKind.Bool);

    public void Dispose()
    {
    }
}
