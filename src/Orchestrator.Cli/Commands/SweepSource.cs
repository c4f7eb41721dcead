using Orchestrator.Cli.Output;
using Orchestrator.Domain.Specs;
using Orchestrator.Protocol;
using Orchestrator.Specs;
using Orchestrator.Tasks;

namespace Orchestrator.Cli.Commands;

/// <summary>A sweep file that was read and found good.</summary>
/// <param name="File">As the user wrote it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Data">The data that replaces the file's, absolute, or null.</param>
/// <param name="Spec">What it declares.</param>
/// <param name="Warnings">Lines for the user.</param>
internal sealed record SweepSource(string File, string Text, string? Data, ExperimentSpec Spec, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads a sweep file.</summary>
    /// <param name="file">Absolute or relative to the working directory.</param>
    /// <param name="data">Replaces the dataset's path, if given.</param>
    /// <exception cref="CliException">It can't be read, or has faults: all of them, one a line.</exception>
    public static SweepSource Read(string file, string? data)
    {
        var path = Path.GetFullPath(file);
        var text = ReadText(file, path);
        var result = SweepFile.Parse(text, new SweepFileContext
        {
            BaseDirectory = Path.GetDirectoryName(path)!,
            Tasks = TaskCatalog.BuiltIn.Tasks.ToDictionary(task => task.Schema.Name, task => task.Schema, StringComparer.Ordinal),
            FindTask = name => TaskCatalog.BuiltIn.Get(name).Schema,
            DatasetPath = data is null ? null : Path.GetFullPath(data),
            PathExists = Path.Exists,
        });
        if (result.Spec is null) throw new CliException(ExitCode.Usage, [.. result.Errors.Select(error => $"{file}:{error}")]);
        return new SweepSource(file, text, data is null ? null : Path.GetFullPath(data), result.Spec, [.. result.Warnings.Select(warning => $"{file}:{warning}")]);
    }

    /// <summary>The request that submits it.</summary>
    public SubmitRequest ToRequest() => new()
    {
        Source = Text,
        BaseDirectory = Path.GetDirectoryName(Path.GetFullPath(File))!,
        Data = Data ?? "",
        FileName = File,
    };

    private static string ReadText(string file, string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (info.Exists && info.Length > SweepFile.MaximumLength * 4L)
            {
                throw new CliException(ExitCode.Usage, file, $"is longer than {SweepFile.MaximumLength} characters", "a sweep file is a page of YAML; check the name");
            }
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCode.Usage, file, "no such file", "check the path; examples/ has sweep files to start from", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, file, $"can't be read ({e.Message.TrimEnd('.')})", "give a sweep file that you may read", e);
        }
    }
}
