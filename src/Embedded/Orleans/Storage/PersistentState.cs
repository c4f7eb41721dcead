using System.Runtime.CompilerServices;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>The state of one activation and the storage behind it.</summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>, IActivationPart
{
    private readonly Activation _activation;
    private readonly string _name;
    private readonly IGrainStorage _storage;
    private readonly GrainState<TState> _record = new(NewState());

    public PersistentState(Activation activation, string name, IGrainStorage storage)
    {
        (_activation, _name, _storage) = (activation, name, storage);
        activation.Add(this);
    }

    public TState State
    {
        get => _record.State;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;
    public bool RecordExists => _record.RecordExists;

    public Task ReadStateAsync() => Guard("Read", async () =>
    {
        await _storage.ReadStateAsync(_name, _activation.GrainId, _record);
        _record.State ??= NewState();
    });

    public Task WriteStateAsync() => Guard("Write", () => _storage.WriteStateAsync(_name, _activation.GrainId, _record));

    public Task ClearStateAsync() => Guard("Clear", async () =>
    {
        await _storage.ClearStateAsync(_name, _activation.GrainId, _record);
        _record.State ??= NewState();
    });

    Task IActivationPart.StartAsync(CancellationToken cancellationToken) => ReadStateAsync().WaitAsync(cancellationToken);

    void IActivationPart.Stop() { }

    // A state is never null: upstream constructs it even past a missing default constructor.
    private static TState NewState()
    {
        var type = typeof(TState);
        if (type.IsValueType) return default!;
        if (type == typeof(string) || type.IsArray || type.IsInterface || type.IsAbstract) return default!;
        return type.GetConstructor([]) is null ? (TState)RuntimeHelpers.GetUninitializedObject(type) : Activator.CreateInstance<TState>();
    }

    private async Task Guard(string operation, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            throw new OrleansException(
                $"Error from storage provider {_storage.GetType().Name}.{_name} during {operation}StateAsync for grain {_activation.GrainId}: {exception.Message}", exception);
        }
    }
}
