using System.CommandLine;
using Orchestrator.Cli.Output;
using Orchestrator.Specs;
using Orchestrator.Specs.Importing;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch import</c>: a sweep file from another system's.</summary>
internal sealed class ImportCommand : Command, IHasExamples, IStandsAlone
{
    private readonly Argument<string> _file = new("FILE") { Description = "A Katib Experiment (YAML) or a Ray Tune search space (JSON)" };
    private readonly Option<string?> _task = new("--task") { Description = "What the trials are to train, for instance vae (default: left for you to fill in)", HelpName = "TASK" };
    private readonly Option<string?> _out = new("--out") { Description = "The sweep file to write (default: standard output)", HelpName = "FILE" };

    /// <summary>Makes the command.</summary>
    public ImportCommand(CliContext context)
        : base("import", "Turn a Katib Experiment or a Ray Tune search space into a sweep file")
    {
        Add(_file);
        Add(_task);
        Add(_out);
        SetAction(result => Import(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch import katib-experiment.yaml --task vae --out sweep.yaml", "orch import space.json"];

    private int Import(CliContext context, ParseResult result)
    {
        var file = result.GetRequiredValue(_file);
        var imported = SweepImport.Convert(ReadText(file), result.GetValue(_task));
        foreach (var warning in imported.Warnings) context.Terminal.Error.WriteLine($"warning: {file}:{warning}");
        if (imported.Text is null) throw new CliException(ExitCode.Usage, [.. imported.Errors.Select(error => $"{file}:{error}")]);
        if (result.GetValue(_out) is { } path) File.WriteAllText(path, imported.Text);
        else context.Terminal.Out.Write(imported.Text);
        return ExitCode.Done;
    }

    private static string ReadText(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > SweepFile.MaximumLength * 4L })
                throw new CliException(ExitCode.Usage, file, $"is longer than {SweepFile.MaximumLength} characters", "give an experiment or a search space");
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCode.Usage, file, "no such file", "check the path", e);
        }
    }
}
