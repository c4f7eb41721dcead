using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>
/// The requests that stores make of a bucket, each retried some times and bounded in time by the client. They wait on the calling thread: stores are
/// used from threads of their own, in the background. Thread-safe.
/// </summary>
/// <param name="location">The bucket; its prefix is not looked at.</param>
/// <param name="limits">What bounds the work.</param>
/// <param name="time">The clock.</param>
internal sealed class S3Bucket(S3Location location, S3Limits limits, TimeProvider time)
{
    private const string Any = "*";

    internal S3Limits Limits => limits;

    internal TimeProvider Time => time;

    private AmazonS3Client Client => S3Clients.Of(location.Service, limits);

    /// <summary>The object's size and tag; null where there is none.</summary>
    internal S3Item? Find(string key)
    {
        try
        {
            var head = Ask(key, client => client.GetObjectMetadataAsync(location.Bucket, key));
            return new S3Item(key, head.ContentLength, head.ETag, Utc(head.LastModified));
        }
        catch (CheckpointException exception) when (exception.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
        {
            return null;
        }
    }

    /// <summary>Writes an object whole, over one that is there.</summary>
    internal void Put(string key, byte[] content, int length) => Ask(key, client => client.PutObjectAsync(Request(key, content, length)));

    /// <summary>Writes an object where there is none. One that is there with the same content is taken for the answer to a request that got lost.</summary>
    /// <returns>Whether it is there; false: another one is.</returns>
    internal bool PutNew(string key, byte[] content)
    {
        try
        {
            Ask(key, client =>
            {
                var request = Request(key, content, content.Length);
                request.IfNoneMatch = Any;
                return client.PutObjectAsync(request);
            });
            return true;
        }
        catch (CheckpointException exception) when (exception.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict })
        {
            return Has(key, content);
        }
        catch (CheckpointException exception) when (exception.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotImplemented })
        {
            // A service without conditional writes.
            if (Find(key) is not null) return Has(key, content);
            Put(key, content, content.Length);
            return true;
        }
    }

    /// <summary>Opens an object for reading.</summary>
    /// <exception cref="CheckpointException"><see cref="CheckpointError.NotFound"/> where there is none.</exception>
    internal S3ReadStream Open(string key) =>
        new(this, Find(key) ?? throw new CheckpointException(CheckpointError.NotFound, $"There is no {Place(key)}."));

    /// <summary>Asks for the rest of an object, from a byte that it has. A range even where that is the first: of whole objects the SDK takes tags for hashes, which they need not be.</summary>
    internal GetObjectResponse Get(S3Item item, long start) => Ask(item.Key, client => client.GetObjectAsync(new GetObjectRequest
    {
        BucketName = location.Bucket,
        Key = item.Key,
        EtagToMatch = item.ETag,
        ByteRange = new ByteRange($"bytes={start}-"),
    }));

    /// <summary>The objects whose keys begin with a text, in the order of their keys.</summary>
    internal IEnumerable<S3Item> List(string prefix)
    {
        string? token = null;
        do
        {
            var request = new ListObjectsV2Request { BucketName = location.Bucket, Prefix = prefix, ContinuationToken = token, MaxKeys = limits.PageKeys };
            var page = Ask(prefix, client => client.ListObjectsV2Async(request));
            foreach (var item in page.S3Objects ?? [])
                yield return new S3Item(item.Key, item.Size ?? 0, item.ETag, Utc(item.LastModified));
            token = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (token is not null);
    }

    /// <summary>Deletes objects, some at a time: requests for many at once are not the same with every service.</summary>
    internal void Delete(IEnumerable<string> keys)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = limits.DeletionsAtOnce };
        try
        {
            Parallel.ForEach(keys, options, Delete);
        }
        catch (AggregateException exception) when (exception.InnerException is CheckpointException first)
        {
            throw new CheckpointException(first.Error, first.Message, exception);
        }
    }

    /// <summary>Deletes an object; nothing happens where there is none.</summary>
    internal void Delete(string key) => Ask(key, client => client.DeleteObjectAsync(location.Bucket, key));

    /// <summary>Begins an upload in parts.</summary>
    /// <returns>Its id.</returns>
    internal string BeginUpload(string key) =>
        Ask(key, client => client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = location.Bucket, Key = key })).UploadId;

    /// <summary>Uploads a part.</summary>
    internal PartETag PutPart(string key, string upload, int number, byte[] content, int length)
    {
        var answer = Ask(key, client => client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = location.Bucket,
            Key = key,
            UploadId = upload,
            PartNumber = number,
            PartSize = length,
            InputStream = new MemoryStream(content, 0, length, writable: false),
            UseChunkEncoding = false,
        }));
        return new PartETag(number, answer.ETag);
    }

    /// <summary>Makes the object of its parts.</summary>
    internal void EndUpload(string key, string upload, IEnumerable<PartETag> parts)
    {
        var request = new CompleteMultipartUploadRequest { BucketName = location.Bucket, Key = key, UploadId = upload };
        request.AddPartETags(parts);
        Ask(key, client => client.CompleteMultipartUploadAsync(request));
    }

    /// <summary>Gives the uploads up that were begun for keys that begin with a text.</summary>
    internal void AbortUploads(string prefix)
    {
        var request = new ListMultipartUploadsRequest { BucketName = location.Bucket, Prefix = prefix };
        foreach (var upload in Ask(prefix, client => client.ListMultipartUploadsAsync(request)).MultipartUploads ?? [])
            AbortUpload(upload.Key, upload.UploadId);
    }

    /// <summary>Gives an upload up.</summary>
    internal void AbortUpload(string key, string upload) => Ask(key, client => client.AbortMultipartUploadAsync(location.Bucket, key, upload));

    /// <summary>The exception for one that a body of an answer gave.</summary>
    internal CheckpointException Broken(string key, Exception exception) => S3Failure.Translate(Client.Config.ServiceURL ?? $"S3 in {Client.Config.RegionEndpoint?.SystemName}", Place(key), exception);

    /// <summary>What messages call an object.</summary>
    internal string Place(string key) => $"{S3Location.Scheme}{location.Bucket}/{key}";

    private bool Has(string key, byte[] content)
    {
        using var there = Open(key);
        if (there.Length != content.Length) return false;
        var bytes = new byte[content.Length];
        there.ReadExactly(bytes);
        return bytes.AsSpan().SequenceEqual(content);
    }

    /// <summary>Signed whole rather than in chunks: every service knows that. Each attempt of a retry reads the bytes again.</summary>
    private PutObjectRequest Request(string key, byte[] content, int length) => new()
    {
        BucketName = location.Bucket,
        Key = key,
        InputStream = new MemoryStream(content, 0, length, writable: false),
        UseChunkEncoding = false,
    };

    private T Ask<T>(string key, Func<AmazonS3Client, Task<T>> ask)
    {
        try
        {
            return ask(Client).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (S3Failure.IsOne(exception))
        {
            throw Broken(key, exception);
        }
    }

    private static DateTimeOffset Utc(DateTime? time) => time is { } at ? new DateTimeOffset(at.ToUniversalTime()) : default;
}
