namespace Orchestrator.Specs;

/// <summary>Something in a sweep file that has no effect, or likely not the one that was meant.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Path">The dotted path of the key.</param>
/// <param name="Message">What was found and what it means here.</param>
public sealed record SpecWarning(int Line, int Column, string Path, string Message)
{
    /// <summary>Gives <c>line:column: path: message</c>.</summary>
    public override string ToString() => $"{Line}:{Column}: {Path}: {Message}";
}
