namespace Orchestrator.Cli.Output;

/// <summary>Prints results.</summary>
internal static class ResultPrinter
{
    /// <summary>Prints a result on standard output: one JSON object, or lines for people.</summary>
    public static void Print(Terminal terminal, ExperimentResult result, bool json)
    {
        if (json)
        {
            terminal.Out.WriteLine(ResultJson.Of(result).ToJsonString(JsonText.Options));
            return;
        }
        foreach (var line in ResultText.Lines(result)) terminal.Out.WriteLine(line);
    }
}
