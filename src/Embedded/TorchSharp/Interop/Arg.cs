using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Interop;

/// <summary>An argument of an operator. Holds the managed object, so that it lives until the call has returned.</summary>
internal readonly struct Arg
{
    internal readonly ValueKind Kind;
    internal readonly long Bits;
    internal readonly object? Object;

    private Arg(ValueKind kind, long bits = 0, object? reference = null)
    {
        Kind = kind;
        Bits = bits;
        Object = reference;
    }

    /// <summary>The schema's default value.</summary>
    internal static Arg Default => default;

    internal static Arg None => new(ValueKind.None);

    private static Arg Of(ValueKind kind, object? reference) => reference is null ? None : new(kind, 0, reference);

    public static implicit operator Arg(Tensor? value) => Of(ValueKind.Tensor, value);
    public static implicit operator Arg(Generator? value) => Of(ValueKind.Generator, value);
    public static implicit operator Arg(long[]? value) => Of(ValueKind.IntList, value);
    public static implicit operator Arg(double[]? value) => Of(ValueKind.DoubleList, value);
    public static implicit operator Arg(Tensor?[]? value) => Of(ValueKind.TensorList, value);
    public static implicit operator Arg(string? value) => Of(ValueKind.String, value);
    public static implicit operator Arg(long value) => new(ValueKind.Int, value);
    public static implicit operator Arg(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(bool value) => new(ValueKind.Bool, value ? 1 : 0);
    public static implicit operator Arg(long? value) => value is { } v ? v : None;
    public static implicit operator Arg(double? value) => value is { } v ? v : None;
    public static implicit operator Arg(bool? value) => value is { } v ? v : None;
    public static implicit operator Arg(ScalarType value) => new(ValueKind.Int, (long)value);
    public static implicit operator Arg(ScalarType? value) => value is { } v ? v : None;
    public static implicit operator Arg(Reduction value) => new(ValueKind.Int, (long)value);
    public static implicit operator Arg(Device? value) =>
        value is null ? None : new(ValueKind.Device, (int)value.type * 256 + value.index + 1);

    public static implicit operator Arg(Scalar? value) => value is null ? None : new(value.Kind, value.Bits);
}
