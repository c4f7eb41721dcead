using System.CommandLine;

namespace Orchestrator.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class SweepArguments
{
    /// <summary>A sweep file.</summary>
    public static Argument<string> File() => new("FILE") { Description = "The sweep file (docs/sweep-file.md)" };

    /// <summary>Other data.</summary>
    public static Option<string?> Data() => new("--data") { Description = "Folder of the data, instead of the one in the sweep file", HelpName = "DIR" };

    /// <summary>How many workers.</summary>
    public static Option<int?> Workers()
    {
        var option = new Option<int?>("--workers") { Description = "Workers to start on this machine (default: one for each core, at least one for each rank)", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (!int.TryParse(result.Tokens[0].Value, out var count) || count is < 1 or > 1024) result.AddError("--workers: write a number from 1 to 1024");
        });
        return option;
    }

    /// <summary>An experiment.</summary>
    /// <param name="without">What is meant without the argument.</param>
    public static Argument<string?> Experiment(string without) => new("EXPERIMENT")
    {
        Description = $"The experiment's id (default: {without})",
        Arity = ArgumentArity.ZeroOrOne,
    };
}
