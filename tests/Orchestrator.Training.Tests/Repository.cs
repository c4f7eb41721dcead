using System.Runtime.CompilerServices;

namespace Orchestrator.Training.Tests;

internal static class Repository
{
    /// <summary>The digits that the repository ships.</summary>
    internal static string Digits { get; } = Path.Combine(Root(), "examples", "data", "mnist");

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
