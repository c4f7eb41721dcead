using Orleans.Core;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain with one state, in the storage that its [StorageProvider] names, read before it activates.</summary>
public abstract class Grain<TGrainState> : Grain
{
    private readonly IStorage<TGrainState> _storage;

    protected Grain() => _storage = StateFactory.CreateForGrain<TGrainState>(Activation, GetType());

    protected TGrainState State
    {
        get => _storage.State;
        set => _storage.State = value;
    }

    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();
    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();
    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();
}
