namespace Grpc.Core;

/// <summary>What the four call objects share: accessors over one state object, so that a call allocates no closures.</summary>
internal readonly struct AsyncCallState(
    Func<object, Task<Metadata>> responseHeaders,
    Func<object, Status> getStatus,
    Func<object, Metadata> getTrailers,
    Action<object> dispose,
    object state)
{
    public static AsyncCallState From(Task<Metadata> responseHeaders, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose) => new(
        static s => ((Accessors)s).ResponseHeaders,
        static s => ((Accessors)s).GetStatus(),
        static s => ((Accessors)s).GetTrailers(),
        static s => ((Accessors)s).Dispose(),
        new Accessors(responseHeaders, getStatus, getTrailers, dispose));

    public Task<Metadata> ResponseHeadersAsync() => responseHeaders(state);

    public Status GetStatus() => getStatus(state);

    public Metadata GetTrailers() => getTrailers(state);

    public void Dispose() => dispose(state);

    private sealed record Accessors(Task<Metadata> ResponseHeaders, Func<Status> GetStatus, Func<Metadata> GetTrailers, Action Dispose);
}
