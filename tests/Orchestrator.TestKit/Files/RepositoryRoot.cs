namespace Orchestrator.TestKit.Files;

/// <summary>The repository that the tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>Its folder.</summary>
    public static string Path { get; } = Find();

    /// <summary>A file or folder in it.</summary>
    public static string At(string relative) => System.IO.Path.Combine(Path, relative);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Orchestrator.sln"))) folder = System.IO.Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return folder;
    }
}
