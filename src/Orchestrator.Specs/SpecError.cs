namespace Orchestrator.Specs;

/// <summary>One fault of a sweep file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Path">The dotted path of the faulty key; empty for the whole file.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record SpecError(int Line, int Column, string Path, string Message)
{
    /// <summary>Gives <c>line:column: path: message</c>.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Line}:{Column}: {Message}" : $"{Line}:{Column}: {Path}: {Message}";
}
