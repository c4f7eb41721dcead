using static TorchSharp.torch;

namespace Orchestrator.Tasks.Transformer;

/// <summary>Keys and values of the positions that an attention has read, so that they need not be computed again.</summary>
/// <param name="capacity">Most positions.</param>
internal sealed class LayerCache(long capacity) : IDisposable
{
    private Tensor? _keys;
    private Tensor? _values;

    /// <summary>Positions read.</summary>
    internal long Length { get; private set; }

    /// <summary>Takes keys and values of new positions.</summary>
    /// <param name="keys">Rows x heads x new positions x size.</param>
    /// <param name="values">Of the same shape.</param>
    /// <returns>Those of all positions; valid until the next call.</returns>
    internal (Tensor Keys, Tensor Values) Add(Tensor keys, Tensor values)
    {
        _keys ??= Allocate(keys);
        _values ??= Allocate(values);
        var count = keys.size(2);
        _keys.narrow(2, Length, count).copy_(keys);
        _values.narrow(2, Length, count).copy_(values);
        Length += count;
        return (_keys.narrow(2, 0, Length), _values.narrow(2, 0, Length));
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear() => Length = 0;

    public void Dispose()
    {
        _keys?.Dispose();
        _values?.Dispose();
    }

    private Tensor Allocate(Tensor like) => empty([like.size(0), like.size(1), capacity, like.size(3)], like.dtype, like.device).DetachFromDisposeScope();
}
