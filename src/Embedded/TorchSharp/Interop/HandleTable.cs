using System.Buffers;

namespace TorchSharp.Interop;

/// <summary>Rows of handles for an optimizer's native step, in rented memory: a step allocates nothing.</summary>
internal readonly ref struct HandleTable
{
    private readonly nint[] _handles;
    private readonly long[] _steps;
    private readonly int _count;

    internal HandleTable(int count, int rows)
    {
        _count = count;
        _handles = ArrayPool<nint>.Shared.Rent(Math.Max(1, count * rows));
        _steps = ArrayPool<long>.Shared.Rent(Math.Max(1, count));
    }

    internal Span<long> Steps => _steps.AsSpan(0, _count);

    internal Span<nint> Row(int row) => _handles.AsSpan(row * _count, _count);

    internal unsafe void Adam(AdamStep options, bool amsgrad)
    {
        fixed (nint* first = _handles)
        fixed (long* steps = _steps)
            Native.Check(Native.ts_adam(_count, first, first + _count, first + 2 * _count, amsgrad ? first + 3 * _count : null, steps, &options));
    }

    internal unsafe void RmsProp(RmsPropStep options)
    {
        fixed (nint* first = _handles)
        fixed (long* steps = _steps)
            Native.Check(Native.ts_rmsprop(_count, first, first + _count, first + 2 * _count, first + 3 * _count, steps, &options));
    }

    internal unsafe void Sgd(SgdStep options)
    {
        fixed (nint* first = _handles)
            Native.Check(Native.ts_sgd(_count, first, first + _count, &options));
    }

    public void Dispose()
    {
        ArrayPool<nint>.Shared.Return(_handles);
        ArrayPool<long>.Shared.Return(_steps);
    }
}
