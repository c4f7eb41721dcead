namespace Orchestrator.Cli.Local;

/// <summary>How to start one of the product's own hosts.</summary>
/// <param name="Name">What logs and messages call it, for instance <c>worker-1</c>.</param>
/// <param name="Assembly">The host's assembly beside this one, for instance <c>Orchestrator.Worker.dll</c>.</param>
/// <param name="Arguments">Its command line.</param>
/// <param name="LogFile">Where its standard error goes, behind what is there.</param>
internal sealed record HostCommand(string Name, string Assembly, IReadOnlyList<string> Arguments, string LogFile)
{
    /// <summary>Set for the process on top of this one's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
