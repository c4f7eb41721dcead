namespace Orchestrator.Cli.Progress;

/// <summary>Takes what happens beside an experiment.</summary>
internal interface IProgressSink
{
    /// <summary>Something happened, such as a worker that was started again.</summary>
    void Note(string message);

    /// <summary>A local host was started.</summary>
    void HostStarted(string name, int processId);
}
