namespace Orchestrator.Cli.Local;

/// <summary>A host that was started.</summary>
internal interface IHostProcess : IDisposable
{
    /// <summary>The process's id.</summary>
    int Id { get; }

    /// <summary>The first line of its standard output; null where it ended without one.</summary>
    Task<string?> FirstLine { get; }

    /// <summary>Its exit code, once it has ended.</summary>
    Task<int> Exited { get; }

    /// <summary>Asks it to end, by ending its standard input. Harmless when it has ended.</summary>
    void RequestEnd();

    /// <summary>Ends it at once. Harmless when it has ended.</summary>
    void Kill();
}
