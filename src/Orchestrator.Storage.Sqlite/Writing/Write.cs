using Orchestrator.Storage.Sqlite.Database;

namespace Orchestrator.Storage.Sqlite.Writing;

/// <summary>One change that waits for the writer. It shares a transaction with others, so it learns of success only when that is durable.</summary>
internal abstract class Write(CancellationToken cancellationToken)
{
    /// <summary>Gives up where the caller no longer waits; false: it did not.</summary>
    public bool CancelIfAsked()
    {
        if (!cancellationToken.IsCancellationRequested) return false;
        Cancel(cancellationToken);
        return true;
    }

    /// <summary>Makes the change in the open transaction. Called again if that was rolled back because of another change.</summary>
    public abstract void Apply(SqliteSession session);

    /// <summary>Tells the caller: the transaction is durable.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller: nothing was written.</summary>
    public abstract void Fail(Exception error);

    protected abstract void Cancel(CancellationToken cancelled);
}
