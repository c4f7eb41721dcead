using System.Text.RegularExpressions;

namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>
/// A place in a bucket, as <c>s3://BUCKET[/PREFIX][?endpoint=URL][&amp;region=NAME][&amp;path_style=true|false]</c>. What lets a process in is
/// no part of it: credentials are those that the AWS SDK finds in the process's environment.
/// </summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">Where in it, without '/' at either end; "": at its root.</param>
/// <param name="Service">Which service has the bucket.</param>
public sealed partial record S3Location(string Bucket, string Prefix, S3Service Service)
{
    /// <summary>What the URLs of these places begin with.</summary>
    public const string Scheme = "s3://";

    /// <summary>Whether a text is meant as such a URL.</summary>
    public static bool IsOne(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a URL.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static S3Location Parse(string url)
    {
        var parts = IsOne(url) ? url[Scheme.Length..].Split('?', 2) : throw new FormatException($"'{url}' does not begin with {Scheme}.");
        if (parts[0].Contains('@', StringComparison.Ordinal))
            throw new FormatException("An s3:// URL holds no credentials: leave out what is before '@', and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role.");
        var path = parts[0].TrimEnd('/').Split('/', 2);
        if (!BucketName().IsMatch(path[0]))
            throw new FormatException($"'{path[0]}' is no name of a bucket: write s3://BUCKET/PREFIX.");
        var prefix = path.Length > 1 ? path[1] : "";
        if (prefix.Length > 0 && !PrefixPath().IsMatch(prefix))
            throw new FormatException($"'{prefix}' is no prefix: use letters, digits, '.', '_', '-' and '=' between single '/', and begin no part with '.'.");
        return new S3Location(path[0], prefix, S3Service.Parse(parts.Length > 1 ? parts[1] : ""));
    }

    /// <summary>A place below this one.</summary>
    /// <param name="name">Its name, which may have several parts.</param>
    public S3Location Below(string name) => this with { Prefix = KeyOf(name) };

    /// <summary>The key of what is called <paramref name="name"/> here.</summary>
    public string KeyOf(string name) => Prefix.Length == 0 ? name : name.Length == 0 ? Prefix : $"{Prefix}/{name}";

    /// <summary>The place that this one is in, and its name there.</summary>
    /// <exception cref="FormatException">It is the bucket itself.</exception>
    public (S3Location Parent, string Name) Split()
    {
        if (Prefix.Length == 0)
            throw new FormatException($"'{this}' names a bucket and nothing in it.");
        var slash = Prefix.LastIndexOf('/');
        return (this with { Prefix = slash < 0 ? "" : Prefix[..slash] }, Prefix[(slash + 1)..]);
    }

    /// <summary>The URL.</summary>
    public override string ToString() => $"{Scheme}{Bucket}{(Prefix.Length > 0 ? "/" + Prefix : "")}{Service.Query}";

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BucketName();

    [GeneratedRegex("^[A-Za-z0-9_=-][A-Za-z0-9._=-]*(/[A-Za-z0-9_=-][A-Za-z0-9._=-]*)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrefixPath();
}
