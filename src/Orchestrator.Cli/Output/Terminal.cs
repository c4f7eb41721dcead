using Spectre.Console;

namespace Orchestrator.Cli.Output;

/// <summary>Where this program writes, and whom it can ask.</summary>
/// <param name="output">Standard output: results.</param>
/// <param name="error">Standard error: errors and what is beside the result.</param>
/// <param name="isInteractive">Whether a person sees standard output as it is written, so that it may be redrawn.</param>
/// <param name="input">Where a person types; null: nobody can be asked.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive, TextReader? input = null)
{
    private const int WidthOfPipes = 200;

    private readonly Lazy<IAnsiConsole> _console = new(() => Create(output, isInteractive));

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
        Console.IsInputRedirected ? null : Console.In);

    /// <summary>Standard output.</summary>
    public TextWriter Out => output;

    /// <summary>Standard error.</summary>
    public TextWriter Error => error;

    /// <summary>Whether a person sees standard output as it is written.</summary>
    public bool IsInteractive => isInteractive;

    /// <summary>Standard output with tables and colours where the terminal has them.</summary>
    public IAnsiConsole Rich => _console.Value;

    /// <summary>Asks a person on standard error for a yes; anything else is a no.</summary>
    /// <returns>Null where nobody can be asked.</returns>
    public async Task<bool?> ConfirmAsync(string question, CancellationToken cancel)
    {
        if (input is null) return null;
        error.Write(question + " [y/N] ");
        return (await Task.Run(input.ReadLine, cancel).WaitAsync(cancel))?.Trim() is { } answer && (answer.Equals("y", StringComparison.OrdinalIgnoreCase) || answer.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }

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
