namespace Orchestrator.Checkpoints.Blobs;

/// <summary>Validates names, so that none leaves the store's root.</summary>
internal static class BlobName
{
    /// <summary>Marks the temporary folders of writers; no valid name starts a segment with it.</summary>
    internal const string TemporaryPrefix = ".tmp-";

    internal static string Check(string name)
    {
        foreach (var segment in name.Split('/'))
            CheckSegment(segment);
        return name;
    }

    internal static string CheckSegment(string segment)
    {
        if (segment.Length is 0 or > 128 || segment[0] == '.' || !segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new ArgumentException($"'{segment}' is not a valid name: use letters, digits, '.', '_' and '-', not starting with '.'.", nameof(segment));
        return segment;
    }
}
