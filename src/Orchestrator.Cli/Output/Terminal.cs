using Spectre.Console;

namespace Orchestrator.Cli.Output;

/// <summary>Where this program writes.</summary>
/// <param name="output">Standard output: results.</param>
/// <param name="error">Standard error: errors and what is beside the result.</param>
/// <param name="isInteractive">Whether a person sees standard output as it is written, so that it may be redrawn.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive)
{
    private const int WidthOfPipes = 200;

    private readonly Lazy<IAnsiConsole> _console = new(() => Create(output, isInteractive));

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    /// <summary>Standard output.</summary>
    public TextWriter Out => output;

    /// <summary>Standard error.</summary>
    public TextWriter Error => error;

    /// <summary>Whether a person sees standard output as it is written.</summary>
    public bool IsInteractive => isInteractive;

    /// <summary>Standard output with tables and colours where the terminal has them.</summary>
    public IAnsiConsole Rich => _console.Value;

    private static IAnsiConsole Create(TextWriter output, bool isInteractive)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isInteractive) console.Profile.Width = WidthOfPipes;
        return console;
    }
}
