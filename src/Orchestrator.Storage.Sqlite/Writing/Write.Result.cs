using Orchestrator.Storage.Sqlite.Database;

namespace Orchestrator.Storage.Sqlite.Writing;

/// <summary>A change with an answer.</summary>
/// <typeparam name="TResult">The answer.</typeparam>
internal abstract class Write<TResult>(CancellationToken cancellationToken) : Write(cancellationToken)
{
    // Callers go on elsewhere: the writer's thread is for SQLite alone.
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult _result = default!;

    public Task<TResult> Completion => _done.Task;

    public sealed override void Apply(SqliteSession session) => _result = Run(session);

    public sealed override void Succeed()
    {
        if (Refusal(_result) is { } refusal) _done.SetException(refusal);
        else _done.SetResult(_result);
    }

    public sealed override void Fail(Exception error) => _done.SetException(error);

    protected sealed override void Cancel(CancellationToken cancelled) => _done.SetCanceled(cancelled);

    /// <summary>Makes the change, or writes nothing and gives an answer that <see cref="Refusal"/> knows.</summary>
    protected abstract TResult Run(SqliteSession session);

    /// <summary>The error that stands for an answer; null: the answer is good.</summary>
    protected virtual Exception? Refusal(TResult result) => null;
}
