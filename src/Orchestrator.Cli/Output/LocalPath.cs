namespace Orchestrator.Cli.Output;

/// <summary>Locations as people and programs open them.</summary>
internal static class LocalPath
{
    /// <summary>The path of a <c>file:</c> URI; any other text as it is.</summary>
    public static string Of(string location) => Uri.TryCreate(location, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : location;

    /// <summary>A path as a user would type it: relative to the working directory where it lies below that.</summary>
    public static string Display(string path)
    {
        if (!Path.IsPathFullyQualified(path)) return path;
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
