namespace Orchestrator.Cli.Progress;

/// <summary>For commands that are over in a moment.</summary>
internal sealed class NoProgress : IProgressSink
{
    /// <summary>The only one.</summary>
    public static readonly NoProgress Instance = new();

    private NoProgress()
    {
    }

    /// <inheritdoc/>
    public void Note(string message)
    {
    }

    /// <inheritdoc/>
    public void HostStarted(string name, int processId)
    {
    }
}
