using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>What a <see cref="Value"/> holds; mirrors ts::Kind.</summary>
internal enum ValueKind
{
    Default,
    None,
    Tensor,
    Int,
    Double,
    Bool,
    IntList,
    DoubleList,
    TensorList,
    String,
    Device,
    Generator,
}

/// <summary>An argument or a result of an operator as the native library sees it; mirrors ts::Value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Value
{
    internal ValueKind Kind;
    internal int Count;
    internal long Bits;
}
