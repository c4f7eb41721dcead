using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orchestrator.Collectives.Arithmetic;

/// <summary>Combines other ranks' elements with the elements in place.</summary>
internal static class Reduction
{
    /// <summary>target[i] = target[i] op source[i].</summary>
    /// <param name="target">Elements in place.</param>
    /// <param name="type">Their type.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="source">As many bytes as <paramref name="target"/>; its parts may end in the middle of an element.</param>
    public static void Combine(Span<byte> target, ElementType type, ReduceOperation operation, ReadOnlySequence<byte> source)
    {
        var size = type.Size();
        Span<byte> split = stackalloc byte[sizeof(double)];
        var splitBytes = 0;
        foreach (var part in source)
        {
            var bytes = part.Span;
            if (splitBytes > 0)
            {
                var taken = Math.Min(size - splitBytes, bytes.Length);
                bytes[..taken].CopyTo(split[splitBytes..]);
                splitBytes += taken;
                bytes = bytes[taken..];
                if (splitBytes < size)
                    continue;
                Combine(target[..size], type, operation, split[..size]);
                target = target[size..];
            }
            var whole = bytes.Length - bytes.Length % size;
            Combine(target[..whole], type, operation, bytes[..whole]);
            target = target[whole..];
            splitBytes = bytes.Length - whole;
            bytes[whole..].CopyTo(split);
        }
    }

    /// <summary>target[i] = target[i] op source[i].</summary>
    /// <param name="target">Elements in place, whole.</param>
    /// <param name="type">Their type.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="source">As many bytes as <paramref name="target"/>.</param>
    public static void Combine(Span<byte> target, ElementType type, ReduceOperation operation, ReadOnlySpan<byte> source)
    {
        if (type == ElementType.Float64)
            Combine(MemoryMarshal.Cast<byte, double>(target), operation, MemoryMarshal.Cast<byte, double>(source));
        else
            Combine(MemoryMarshal.Cast<byte, float>(target), operation, MemoryMarshal.Cast<byte, float>(source));
    }

    private static void Combine<T>(Span<T> target, ReduceOperation operation, ReadOnlySpan<T> source)
        where T : unmanaged, INumber<T>
    {
        switch (operation)
        {
            case ReduceOperation.Max:
                Combine<T, Combinations.Max>(target, source);
                break;
            case ReduceOperation.Min:
                Combine<T, Combinations.Min>(target, source);
                break;
            default:
                Combine<T, Combinations.Sum>(target, source);
                break;
        }
    }

    // Optimized at once: a loop over a whole buffer is no place to wait for the compiler to find out that it is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<T, TCombination>(Span<T> target, ReadOnlySpan<T> source)
        where T : unmanaged, INumber<T>
        where TCombination : struct, ICombination
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source[..target.Length]);
        nuint i = 0;
        var count = (nuint)target.Length;
        for (; i + (nuint)Vector<T>.Count <= count; i += (nuint)Vector<T>.Count)
            TCombination.Combine(Vector.LoadUnsafe(ref to, i), Vector.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        for (; i < count; i++)
            Unsafe.Add(ref to, i) = TCombination.Combine(Unsafe.Add(ref to, i), Unsafe.Add(ref from, i));
    }
}
