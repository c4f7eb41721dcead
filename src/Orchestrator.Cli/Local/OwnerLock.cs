namespace Orchestrator.Cli.Local;

/// <summary>
/// Marks a state folder whose coordinator and workers are children of one <c>orch</c>. The lock ends with its process; the file is
/// left behind by one that was killed, and tells the next that the coordinator it still sees is ending.
/// </summary>
internal sealed class OwnerLock : IDisposable
{
    private readonly FileStream _file;

    private OwnerLock(FileStream file) => _file = file;

    /// <summary>What the file says about its owner.</summary>
    public enum State
    {
        /// <summary>No <c>orch</c> has hosts as children on this folder.</summary>
        Absent,

        /// <summary>One has.</summary>
        Held,

        /// <summary>One had and was killed.</summary>
        Abandoned,
    }

    /// <summary>Looks at a state folder's lock.</summary>
    public static State Look(StateFolder state)
    {
        if (!File.Exists(PathIn(state))) return State.Absent;
        try
        {
            using (Open(state, FileMode.Open)) return State.Abandoned;
        }
        catch (FileNotFoundException)
        {
            return State.Absent;
        }
        catch (IOException)
        {
            return State.Held;
        }
    }

    /// <summary>Takes the lock, or gives null where another process has it.</summary>
    public static OwnerLock? TryTake(StateFolder state)
    {
        try
        {
            return new OwnerLock(Open(state, FileMode.OpenOrCreate));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_file.Name); // While it is held: nobody can have taken the file that is deleted.
        _file.Dispose();
    }

    private static FileStream Open(StateFolder state, FileMode mode) => new(PathIn(state), mode, FileAccess.ReadWrite, FileShare.None);

    private static string PathIn(StateFolder state) => Path.Combine(state.Path, "owner.lock");
}
