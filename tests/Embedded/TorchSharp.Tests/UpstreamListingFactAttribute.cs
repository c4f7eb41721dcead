namespace TorchSharp.Tests;

/// <summary>A test against the listing of upstream's public API; skipped, saying so, where the listing is not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UpstreamListingFactAttribute : FactAttribute
{
    public UpstreamListingFactAttribute()
    {
        if (Shared is null) Skip = "../shared/upstream-api is not beside the repository";
    }

    /// <summary>The folder that holds upstream-api and tools, or null.</summary>
    internal static string? Shared { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "upstream-api")) && File.Exists(Path.Combine(shared, "tools", "ApiList.cs"))) return shared;
        }

        return null;
    }
}
