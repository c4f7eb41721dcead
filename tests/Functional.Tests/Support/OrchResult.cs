using System.Text.Json.Nodes;

namespace Orchestrator.Functional.Tests.Support;

/// <summary>What the program left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error without progress.</param>
/// <param name="Events">Its progress.</param>
public sealed record OrchResult(int ExitCode, string Output, string Error, IReadOnlyList<JsonNode> Events)
{
    /// <summary>The object on the last line of standard output.</summary>
    public JsonNode Json => JsonNode.Parse(Output.TrimEnd('\n').Split('\n')[^1])!;

    /// <summary>The trials of the result.</summary>
    public IReadOnlyList<JsonNode> Trials => [.. Json["trials"]!.AsArray().Select(trial => trial!)];

    /// <summary>The same, having checked the exit code.</summary>
    public OrchResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, not {exitCode}\n{Error}\n{Output}");
        return this;
    }
}
