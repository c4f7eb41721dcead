using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Local;

/// <summary>Where a coordinator keeps everything: its journal, its address, logs, checkpoints and pictures.</summary>
/// <param name="path">Absolute, or relative to the working directory.</param>
internal sealed class StateFolder(string path)
{
    /// <summary>The environment variable that names the folder where <c>--state</c> does not.</summary>
    public const string Variable = "ORCH_STATE";

    /// <summary>The folder where nothing names one, below the working directory.</summary>
    public const string Default = ".orch";

    /// <summary>The absolute path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The path as a user would type it: relative to the working directory where it lies below that.</summary>
    public string DisplayPath => LocalPath.Display(Path);

    /// <summary>Written by a coordinator that is ready.</summary>
    public string CoordinatorFile => System.IO.Path.Combine(Path, "coordinator.json");

    /// <summary>The log of one local host.</summary>
    public string LogFile(string name) => System.IO.Path.Combine(Path, "logs", name + ".log");

    /// <summary>The folder of an experiment's pictures.</summary>
    public string Artifacts(string experiment) => System.IO.Path.Combine(Path, "experiments", experiment, "artifacts");

    /// <summary>Makes the folder and that of the logs.</summary>
    /// <exception cref="CliException">It can't be made.</exception>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Path, "logs"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Environment, Path, $"the state folder can't be made ({e.Message})", "choose another one with --state DIR", e);
        }
    }
}
