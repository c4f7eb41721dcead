using Amazon.Runtime;
using Orchestrator.Checkpoints.Blobs;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.TestKit.S3;

namespace Orchestrator.Checkpoints.Tests;

public sealed class S3BlobStoreTests : BlobStoreConformance, IAsyncLifetime
{
    private const int PartBytes = 64 << 10;
    private static readonly S3Limits Limits = new() { PartBytes = PartBytes, PageKeys = 2, Retries = 1, BrokenReads = 3 };

    private FakeS3 _server = null!;

    public S3BlobStoreTests()
    {
        // What the SDK looks for, and what a process that has it set goes on with.
        foreach (var (name, value) in FakeS3.Environment)
            Environment.SetEnvironmentVariable(name, value);
    }

    public async Task InitializeAsync() => _server = await FakeS3.Start();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void Commit_AnyFiles_WritesTheManifestLastAndLeavesNothingElse()
    {
        Put("trial-1/a", "x");
        Assert.Equal(["run/trial-1/a/file", "run/trial-1/a/manifest.json"], _server.Bucket.Keys);
        var puts = _server.Requests.Where(request => request.StartsWith("PUT", StringComparison.Ordinal));
        Assert.Equal(["PUT run/trial-1/.tmp-a", "PUT run/trial-1/a/file", "PUT run/trial-1/a/manifest.json"], puts);
    }

    [Fact]
    public void Write_ALargeFile_IsSentInPartsAndReadBack()
    {
        var content = Bytes((5 * PartBytes) + 17);
        PutBytes("a", content);
        Assert.Equal(6, _server.Requests.Count(request => request.Contains("partNumber", StringComparison.Ordinal)));
        Assert.Equal(0, _server.Bucket.Uploads);
        using var stream = Open().OpenRead("a", "file");
        var read = new byte[content.Length];
        stream.ReadExactly(read);
        Assert.Equal(content, read);
    }

    [Fact]
    public void Write_ThatBreaksOffAmongParts_LeavesNoUpload()
    {
        using (var bundle = Open().Begin("a"))
        {
            Assert.Throws<InvalidTimeZoneException>(() => bundle.Write("file", stream =>
            {
                stream.Write(Bytes(3 * PartBytes));
                throw new InvalidTimeZoneException();
            }));
        }

        Assert.Equal(0, _server.Bucket.Uploads);
        Assert.Empty(_server.Bucket.Keys);
    }

    [Fact]
    public void Commit_WhereEachRequestFailsOnce_IsRetried()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        _server.Fault = request => seen.Add(request) ? S3Fault.SlowDown : null;
        PutBytes("a", Bytes(PartBytes + 1));
        _server.Fault = null;
        Assert.Equal(PartBytes + 1, Open().OpenRead("a", "file").Length);
    }

    [Fact]
    public void Commit_WhoseAnswerGotLost_IsNotTakenForAnother()
    {
        // The object is there, and the client does not know it.
        _server.Fault = request =>
        {
            if (request.StartsWith("PUT run/a/manifest.json", StringComparison.Ordinal) && !_server.Bucket.Keys.Contains("run/a/manifest.json"))
            {
                _server.Bucket["run/a/manifest.json"] = Manifest;
                return S3Fault.Drop;
            }

            return null;
        };
        Put("a", "x");
        Assert.Equal("x", Read(Open(), "a", "file"));
    }

    [Fact]
    public void Commit_WhereTheServiceHasNoConditionalWrites_StillKeepsWhatIsThere()
    {
        _server.Bucket.HasConditionalWrites = false;
        Put("a", "x");
        Assert.Equal("x", Read(Open(), "a", "file"));
        using var bundle = Open().Begin("b");
        _server.Bucket["run/b/manifest.json"] = "another"u8.ToArray();
        AssertFails(CheckpointError.StorageFailed, () => bundle.Commit(Manifest));
        Assert.Equal("another"u8.ToArray(), _server.Bucket["run/b/manifest.json"]);
    }

    [Fact]
    public void OpenRead_ThatBreaksOffAgainAndAgain_GoesOnWhereItWas()
    {
        var content = Bytes(500_000);
        PutBytes("a", content);
        _server.Fault = request => request.StartsWith("GET", StringComparison.Ordinal) ? S3Fault.Truncate(100_000) : null;
        using var stream = Open().OpenRead("a", "file");
        var read = new byte[content.Length];
        stream.ReadExactly(read);
        Assert.Equal(content, read);
    }

    [Fact]
    public void OpenRead_ThatNeverGivesAByte_GivesUp()
    {
        PutBytes("a", Bytes(1000));
        _server.Fault = request => request.StartsWith("GET", StringComparison.Ordinal) ? S3Fault.Truncate(0) : null;
        AssertFails(CheckpointError.Unavailable, () => Read(Open(), "a", "file"));
    }

    [Fact]
    public void OpenRead_OfAnObjectThatChanges_DoesNotMixThem()
    {
        PutBytes("a", Bytes(500_000));
        _server.Fault = request => request.StartsWith("GET", StringComparison.Ordinal) ? S3Fault.Truncate(100_000) : null;
        using var stream = Open().OpenRead("a", "file");
        _server.Bucket["run/a/file"] = Bytes(400_000);
        Assert.Throws<CheckpointException>(() => stream.ReadExactly(new byte[500_000]));
    }

    [Fact]
    public void Seek_BackAndFarAhead_ReadsThere()
    {
        var content = Bytes(3 << 20);
        PutBytes("a", content);
        using var stream = Open().OpenRead("a", "file");
        foreach (var position in (int[])[2 << 20, 5, 300_000, (3 << 20) - 1, 0])
        {
            stream.Position = position;
            Assert.Equal(content[position], stream.ReadByte());
        }

        stream.Position = stream.Length;
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public void RemoveLeftovers_OfAWriterThatWasKilled_GivesItsUploadsUp()
    {
        var killed = Open().Begin("b");
        Write(killed, "one", "half");
        new S3Bucket(Location(), Limits, TimeProvider.System).BeginUpload("run/b/two");
        _server.Bucket["run/artifacts/c/samples.png"] = [1];
        Open().RemoveLeftovers("");
        Assert.Equal(0, _server.Bucket.Uploads);
        Assert.Equal(["run/artifacts/c/samples.png"], _server.Bucket.Keys);
    }

    [Fact]
    public void Delete_ThatBrokeOff_IsEndedWithTheLeftovers()
    {
        Put("a", "x");
        _server.Fault = request => request.StartsWith("DELETE run/a/file", StringComparison.Ordinal) ? S3Fault.Denied : null;
        AssertFails(CheckpointError.StorageFailed, () => Open().Delete("a"));
        Assert.Empty(Open().List(""));
        _server.Fault = null;
        Open().RemoveLeftovers("");
        Assert.Empty(_server.Bucket.Keys);
    }

    [Theory]
    [InlineData("model.safetensors", "hash")]
    [InlineData("manifest.json", "registered")]
    public void Open_OfACheckpointWithAFlippedBit_IsDamaged(string file, string expected)
    {
        var store = new CheckpointStore(Open());
        var written = store.Write("a", CheckpointStoreTests.Manifest, [new CheckpointFile("model.safetensors", stream => stream.Write(Bytes(1000)))]);
        Assert.Equal("vae", store.Open("a", written.ManifestSha256).Manifest.Task);
        _server.Bucket["run/a/" + file][^1] ^= 1;
        var exception = Assert.Throws<CheckpointException>(() => store.Open("a", written.ManifestSha256));
        Assert.Equal(CheckpointError.Damaged, exception.Error);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Begin_InABucketThatIsNotThere_SaysSo() => AssertSays("no bucket", CheckpointError.StorageFailed, Location() with { Bucket = "none" });

    [Fact]
    public void Begin_WhereNothingListens_SaysSo() =>
        AssertSays("cannot be reached", CheckpointError.Unavailable, Location() with { Service = new S3Service(new Uri("http://127.0.0.1:9"), null, null) });

    [Fact]
    public void Begin_WhereAccessIsDenied_SaysWhatIsNeeded()
    {
        _server.Fault = _ => S3Fault.Denied;
        AssertSays("s3:PutObject", CheckpointError.StorageFailed, Location());
    }

    [Fact]
    public void Begin_WhereTheServiceGoesOnFailing_SaysSo()
    {
        _server.Fault = _ => S3Fault.SlowDown;
        AssertSays("went on failing", CheckpointError.Unavailable, Location());
    }

    [Fact]
    public void Translate_WithoutCredentials_SaysWhereTheyComeFrom()
    {
        var failure = S3Failure.Translate("https://s3", "s3://models/a", new AmazonClientException("Failed to resolve AWS credentials."));
        Assert.Contains("AWS_ACCESS_KEY_ID", failure.Message, StringComparison.Ordinal);
    }

    protected override IBlobStore Open() => new S3BlobStore(Location(), TimeProvider.System, Limits);

    private S3Location Location() => S3Location.Parse(_server.Url("run"));

    private void PutBytes(string name, byte[] content)
    {
        using var bundle = Open().Begin(name);
        bundle.Write("file", stream => stream.Write(content));
        bundle.Commit(Manifest);
    }

    private static void AssertSays(string text, CheckpointError error, S3Location location)
    {
        var exception = Assert.Throws<CheckpointException>(() => new S3BlobStore(location, TimeProvider.System, Limits).Begin("a"));
        Assert.Equal(error, exception.Error);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
