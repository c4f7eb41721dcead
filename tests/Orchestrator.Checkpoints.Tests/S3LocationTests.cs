using Orchestrator.Checkpoints.Blobs.S3;

namespace Orchestrator.Checkpoints.Tests;

public sealed class S3LocationTests
{
    [Theory]
    [InlineData("s3://models")]
    [InlineData("s3://models/team/sweeps")]
    [InlineData("s3://models/a?endpoint=http://minio:9000")]
    [InlineData("s3://models/a?endpoint=https://ceph.example&region=eu-1&path_style=false")]
    public void Parse_AUrl_IsWrittenBackAsItWas(string url) => Assert.Equal(url, S3Location.Parse(url).ToString());

    [Fact]
    public void Parse_AUrlWithAllParts_GivesThem()
    {
        var location = S3Location.Parse("s3://models/a/b/?region=eu-1&endpoint=http%3A%2F%2Fminio:9000/&path_style=true");
        Assert.Equal(("models", "a/b"), (location.Bucket, location.Prefix));
        Assert.Equal(new S3Service(new Uri("http://minio:9000"), "eu-1", true), location.Service);
        Assert.Equal("a/b/c/d", location.Below("c").KeyOf("d"));
        Assert.Equal(("a", "b"), (location.Split().Parent.Prefix, location.Split().Name));
    }

    [Theory]
    [InlineData("http://models/a", "s3://")]
    [InlineData("s3://", "bucket")]
    [InlineData("s3://key:secret@models/a", "credentials")]
    [InlineData("s3://models//a", "prefix")]
    [InlineData("s3://models/../a", "prefix")]
    [InlineData("s3://models/a b", "prefix")]
    [InlineData("s3://models/a?secret_key=x", "never from the URL")]
    [InlineData("s3://models/a?region", "no value")]
    [InlineData("s3://models/a?endpoint=minio:9000", "endpoint")]
    [InlineData("s3://models/a?endpoint=http://user:secret@minio", "endpoint")]
    [InlineData("s3://models/a?path_style=yes", "true or false")]
    public void Parse_AMalformedUrl_SaysWhatIsWrong(string url, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => S3Location.Parse(url)).Message, StringComparison.Ordinal);

    [Fact]
    public void Split_OfABucket_IsRefused() => Assert.Throws<FormatException>(() => S3Location.Parse("s3://models").Split());
}
