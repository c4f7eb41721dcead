using System.Runtime.CompilerServices;

namespace Orchestrator.Collectives;

/// <summary>A view of contiguous elements in native or pinned memory: a tensor's storage, for example. It does not keep them alive: whoever made it does, until the call has ended.</summary>
/// <param name="Address">Address of the first element, aligned to the size of an element.</param>
/// <param name="Count">Number of elements, not bytes.</param>
/// <param name="Type">Type of the elements.</param>
public readonly record struct ReduceBuffer(nint Address, long Count, ElementType Type)
{
    /// <summary>Length in bytes.</summary>
    public long Bytes => Count * Type.Size();

    /// <summary>Views elements that the caller keeps at their place (pinned or native) until the call has ended.</summary>
    /// <param name="pinned">Elements in memory that the garbage collector does not move.</param>
    public static unsafe ReduceBuffer From(Span<float> pinned) => new((nint)Unsafe.AsPointer(ref pinned.GetPinnableReference()), pinned.Length, ElementType.Float32);

    /// <inheritdoc cref="From(Span{float})"/>
    public static unsafe ReduceBuffer From(Span<double> pinned) => new((nint)Unsafe.AsPointer(ref pinned.GetPinnableReference()), pinned.Length, ElementType.Float64);

    /// <summary>Refuses a view that no collective can work on.</summary>
    /// <exception cref="ArgumentException">The address is null or misaligned, the count negative, or the type unknown.</exception>
    internal static void ThrowIfInvalid(ReduceBuffer buffer)
    {
        var (address, count, type) = buffer;
        if (type is not (ElementType.Float32 or ElementType.Float64))
            throw new ArgumentException($"Element type {type} is not one of {string.Join(", ", Enum.GetNames<ElementType>())}.", nameof(buffer));
        if (count < 0)
            throw new ArgumentException($"A buffer of {count} elements: the count must be 0 or more.", nameof(buffer));
        if (count > 0 && (address == 0 || address % type.Size() != 0))
            throw new ArgumentException($"0x{address:x} is no address of {type} elements: it must be aligned to {type.Size()} bytes and not null.", nameof(buffer));
    }
}
