namespace Grpc.Tests.Api;

/// <summary>Runs where the listing of the upstream API lies beside the repository.</summary>
public sealed class UpstreamListingFactAttribute : FactAttribute
{
    private const string Listing = "shared/upstream-api/Grpc-2.80.0.txt";

    public UpstreamListingFactAttribute()
    {
        if (Path is null) Skip = $"No ../{Listing} beside the repository.";
    }

    /// <value>Null when there is none.</value>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, Listing);
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
