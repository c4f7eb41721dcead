using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// Calls libtorch's operators by the names of their schemas: "exp" is aten::exp, "add.Tensor" its overload. An operation of the
/// public surface is one line on top of this. Arguments follow the schema; those left out at the end take its defaults.
/// </summary>
internal static unsafe class Op
{
    private const int ScratchLength = 64;

    /// <summary>Keyed by the literal's identity: literals are interned, and its hash costs less than the characters'.</summary>
    private static readonly ConcurrentDictionary<object, nint> Operators = new(ReferenceEqualityComparer.Instance);

    /// <summary>The operator's only result; null where libtorch gives an undefined tensor.</summary>
    internal static Tensor Call(string name, params ReadOnlySpan<Arg> arguments)
    {
        var count = Invoke(name, arguments, inPlace: false, out var results);
        if (count == 1) return Wrap(results[0]);
        Release(results, count);
        throw new InvalidOperationException($"{name} gives {count} results where one is expected");
    }

    internal static (Tensor, Tensor) Call2(string name, params ReadOnlySpan<Arg> arguments)
    {
        var all = CallList(name, arguments);
        return (all[0], all[1]);
    }

    internal static (Tensor, Tensor, Tensor) Call3(string name, params ReadOnlySpan<Arg> arguments)
    {
        var all = CallList(name, arguments);
        return (all[0], all[1], all[2]);
    }

    internal static Tensor[] CallList(string name, params ReadOnlySpan<Arg> arguments)
    {
        var count = Invoke(name, arguments, inPlace: false, out var results);
        var tensors = new Tensor[count];
        for (var i = 0; i < count; i++) tensors[i] = Wrap(results[i]);
        return tensors;
    }

    /// <summary>An operator that changes its first argument, which is what upstream gives back.</summary>
    internal static Tensor InPlace(string name, Tensor self, params ReadOnlySpan<Arg> others)
    {
        Span<Arg> arguments = [self, default, default, default, default, default, default, default];
        others.CopyTo(arguments[1..]);
        Invoke(name, arguments[..(others.Length + 1)], inPlace: true, out _);
        return self;
    }

    /// <summary>An operator whose result is a number: the value and whether it is a floating point one.</summary>
    internal static Value CallValue(string name, params ReadOnlySpan<Arg> arguments)
    {
        Invoke(name, arguments, inPlace: false, out var results);
        return results[0];
    }

    internal static bool CallBool(string name, params ReadOnlySpan<Arg> arguments) => CallValue(name, arguments).Bits != 0;

    private static Tensor Wrap(in Value value) => value.Bits == 0 ? null! : new Tensor((nint)value.Bits);

    private static void Release(Value* results, int count)
    {
        for (var i = 0; i < count; i++)
            if (results[i].Kind == ValueKind.Tensor && results[i].Bits != 0)
                Native.ts_tensor_free((nint)results[i].Bits);
    }

    [SkipLocalsInit]
    private static int Invoke(string name, ReadOnlySpan<Arg> arguments, bool inPlace, out Value* results)
    {
        var op = Operators.TryGetValue(name, out var known) ? known : Resolve(name);
        var length = ScratchNeeded(arguments);
        var scratch = length <= ScratchLength ? stackalloc long[ScratchLength] : new long[length];
        var values = stackalloc Value[arguments.Length];
        Value* found;
        int count;
        fixed (long* start = scratch)
        {
            var next = start;
            for (var i = 0; i < arguments.Length; i++) values[i] = Marshal(arguments[i], ref next);
            count = Native.ts_call(op, values, arguments.Length, inPlace ? 1 : 0, &found);
        }

        foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Object);
        Native.Check(count);
        results = found;
        return count;
    }

    private static nint Resolve(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var op = dot < 0 ? Native.ts_operator("aten::" + name, "") : Native.ts_operator("aten::" + name[..dot], name[(dot + 1)..]);
        return Operators.GetOrAdd(name, Native.Check(op));
    }

    private static int ScratchNeeded(ReadOnlySpan<Arg> arguments)
    {
        var length = 0;
        foreach (ref readonly var argument in arguments)
        {
            if (argument.Kind is < ValueKind.IntList or > ValueKind.String) continue;
            length += argument.Object is Array array ? array.Length : Encoding.UTF8.GetByteCount((string)argument.Object!) / sizeof(long) + 1;
        }

        return length;
    }

    private static Value Marshal(in Arg argument, ref long* next)
    {
        var value = new Value { Kind = argument.Kind, Bits = argument.Bits };
        switch (argument.Kind)
        {
            case ValueKind.Tensor:
                value.Bits = ((Tensor)argument.Object!).Handle;
                break;
            case ValueKind.Generator:
                value.Bits = ((Generator)argument.Object!).Handle;
                break;
            case ValueKind.IntList or ValueKind.DoubleList or ValueKind.TensorList or ValueKind.String:
                value.Bits = (nint)next;
                value.Count = CopyList(argument.Object!, ref next);
                break;
        }

        return value;
    }

    private static int CopyList(object list, ref long* next)
    {
        switch (list)
        {
            case long[] integers:
                foreach (var item in integers) *next++ = item;
                return integers.Length;
            case double[] reals:
                foreach (var item in reals) *next++ = BitConverter.DoubleToInt64Bits(item);
                return reals.Length;
            case Tensor?[] tensors:
                foreach (var item in tensors) *next++ = item is null ? 0 : item.Handle;
                return tensors.Length;
            default:
                var text = (string)list;
                var bytes = Encoding.UTF8.GetBytes(text, new Span<byte>(next, Encoding.UTF8.GetByteCount(text)));
                next += bytes / sizeof(long) + 1;
                return bytes;
        }
    }
}
