namespace Orchestrator.TestKit.S3;

/// <summary>An upload in parts.</summary>
/// <param name="Key">What it will be.</param>
internal sealed record FakeS3Upload(string Key)
{
    public SortedDictionary<int, byte[]> Parts { get; } = [];
}
