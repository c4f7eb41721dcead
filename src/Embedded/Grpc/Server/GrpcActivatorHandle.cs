namespace Grpc.AspNetCore.Server;

/// <summary>An instance that serves one call.</summary>
public readonly struct GrpcActivatorHandle<T>
{
    /// <param name="instance">The instance.</param>
    /// <param name="created">Whether it was made for the call and is disposed after it.</param>
    /// <param name="state">The activator's own.</param>
    public GrpcActivatorHandle(T instance, bool created, object? state)
    {
        Instance = instance;
        Created = created;
        State = state;
    }

    public T Instance { get; }

    public bool Created { get; }

    public object? State { get; }

    internal ValueTask ReleaseAsync()
    {
        if (!Created) return default;
        switch (Instance)
        {
            case IAsyncDisposable disposable:
                return disposable.DisposeAsync();
            case IDisposable disposable:
                disposable.Dispose();
                return default;
            default:
                return default;
        }
    }
}
