namespace Orchestrator.Architecture.Tests.Model;

/// <summary>The files of the repository that the tests are built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The projects of the product itself, without the embedded libraries.</summary>
    public static IReadOnlyList<ProjectFile> Products { get; } =
        [.. Directory.GetDirectories(At("src"), "Orchestrator.*").SelectMany(folder => Directory.GetFiles(folder, "*.csproj")).Order(StringComparer.Ordinal).Select(path => new ProjectFile(path))];

    /// <summary>All projects: of the product, embedded, tests and benchmarks.</summary>
    public static IReadOnlyList<ProjectFile> AllProjects { get; } = [.. Files("*.csproj").Select(path => new ProjectFile(path))];

    public static string At(params string[] names) => Path.Combine([Root, .. names]);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Source files of the product's projects (what is generated is under artifacts/, and is not among them).</summary>
    public static IEnumerable<string> ProductSources() =>
        Products.SelectMany(project => Directory.EnumerateFiles(project.Folder, "*.cs", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    /// <summary>Files by pattern, without build output.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Where(path => !Relative(path).Split('/').Any(part => part is "artifacts" or "bin" or "obj" or ".git"))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has Orchestrator.sln: run the tests from a build inside the repository.");
    }
}
