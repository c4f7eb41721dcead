using System.Reflection.Emit;

namespace Orleans.Runtime;

/// <summary>Value tuples that hold the arguments of a call, nested when there are more than seven.</summary>
internal static class ArgumentTuple
{
    public const int ItemsPerTuple = 7;

    private static readonly Type[] Definitions =
    [
        typeof(ValueTuple), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
    ];

    public static Type TypeOf(ReadOnlySpan<Type> items)
    {
        if (items.Length == 0) return typeof(ValueTuple);
        if (items.Length <= ItemsPerTuple) return Definitions[items.Length].MakeGenericType(items.ToArray());
        return Definitions[ItemsPerTuple + 1].MakeGenericType([.. items[..ItemsPerTuple], TypeOf(items[ItemsPerTuple..])]);
    }

    /// <summary>Emits the construction of the tuple from items that are on the stack.</summary>
    public static void EmitNew(ILGenerator il, Type tuple)
    {
        var arguments = tuple.GetGenericArguments();
        if (arguments.Length == 0)
        {
            var empty = il.DeclareLocal(tuple);
            il.Emit(OpCodes.Ldloca, empty);
            il.Emit(OpCodes.Initobj, tuple);
            il.Emit(OpCodes.Ldloc, empty);
            return;
        }
        if (arguments.Length > ItemsPerTuple) EmitNew(il, arguments[^1]);
        il.Emit(OpCodes.Newobj, tuple.GetConstructor(arguments)!);
    }
}
