using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.TestKit.S3;

/// <summary>The objects of the fake service, and what it answers about them. Thread-safe.</summary>
public sealed class FakeS3Bucket
{
    private static readonly XNamespace Names = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeS3Upload> _uploads = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastUpload;

    /// <summary>The keys of what is there, in their order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_gate) return [.. _objects.Keys];
        }
    }

    /// <summary>How many uploads in parts have not ended.</summary>
    public int Uploads
    {
        get
        {
            lock (_gate) return _uploads.Count;
        }
    }

    /// <summary>Whether it knows If-None-Match with a PUT; older services do not.</summary>
    public bool HasConditionalWrites { get; set; } = true;

    /// <summary>An object's content, which tests may spoil.</summary>
    public byte[] this[string key]
    {
        get
        {
            lock (_gate) return _objects[key];
        }
        set
        {
            lock (_gate) _objects[key] = value;
        }
    }

    /// <summary>Completes when the keys that are there are as asked for.</summary>
    public async Task WhenKeys(Func<IReadOnlyList<string>, bool> predicate, TimeSpan patience)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (predicate([.. _objects.Keys])) return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(patience);
        }
    }

    internal S3Answer Answer(HttpRequest request, string key, byte[] body)
    {
        var query = request.Query;
        lock (_gate)
        {
            return request.Method switch
            {
                "GET" when query.ContainsKey("uploads") => ListUploads($"{query["prefix"]}"),
                "GET" when key.Length == 0 => List(query),
                "GET" or "HEAD" => Get(request, key),
                "PUT" when query.ContainsKey("uploadId") => PutPart(query, body),
                "PUT" => Put(request, key, body),
                "POST" when query.ContainsKey("uploads") => BeginUpload(key),
                "POST" when query.ContainsKey("uploadId") => EndUpload($"{query["uploadId"]}", body),
                "DELETE" when query.ContainsKey("uploadId") => S3Answer.Empty(_uploads.Remove($"{query["uploadId"]}") ? 204 : 404),
                "DELETE" => Delete(key),
                _ => S3Answer.Error(405, "MethodNotAllowed", "The method is not allowed"),
            };
        }
    }

    private S3Answer Get(HttpRequest request, string key)
    {
        if (!_objects.TryGetValue(key, out var content))
            return S3Answer.Error(404, "NoSuchKey", "The specified key does not exist");
        if (request.Headers.IfMatch.Count > 0 && request.Headers.IfMatch != Tag(content))
            return S3Answer.Error(412, "PreconditionFailed", "It is another object");
        var start = request.GetTypedHeaders().Range?.Ranges.First().From ?? 0;
        var body = content[(int)start..];
        return new S3Answer(start > 0 ? 206 : 200, request.Method == "HEAD" ? [] : body, body.Length)
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["ETag"] = Tag(content), ["Last-Modified"] = DateTimeOffset.UnixEpoch.ToString("R", CultureInfo.InvariantCulture) },
        };
    }

    private S3Answer Put(HttpRequest request, string key, byte[] body)
    {
        if (request.Headers.IfNoneMatch.Count > 0 && !HasConditionalWrites)
            return S3Answer.Error(501, "NotImplemented", "A header implies functionality that is not implemented");
        if (request.Headers.IfNoneMatch == "*" && _objects.ContainsKey(key))
            return S3Answer.Error(412, "PreconditionFailed", "There is one already");
        _objects[key] = body;
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Tagged(body);
    }

    private S3Answer Delete(string key)
    {
        _objects.Remove(key);
        return S3Answer.Empty(204);
    }

    private S3Answer List(IQueryCollection query)
    {
        var after = $"{query["continuation-token"]}";
        var rest = _objects.Where(o => o.Key.StartsWith($"{query["prefix"]}", StringComparison.Ordinal) && string.CompareOrdinal(o.Key, after) > 0);
        var count = int.TryParse(query["max-keys"], CultureInfo.InvariantCulture, out var asked) ? asked : 1000;
        var page = rest.Take(count).ToList();
        var isCut = rest.Skip(count).Any();
        return S3Answer.Xml(new XElement(
            Names + "ListBucketResult",
            new XElement(Names + "IsTruncated", isCut),
            isCut ? new XElement(Names + "NextContinuationToken", page[^1].Key) : null,
            page.Select(o => new XElement(
                Names + "Contents",
                new XElement(Names + "Key", o.Key),
                new XElement(Names + "LastModified", "1970-01-01T00:00:00.000Z"),
                new XElement(Names + "ETag", Tag(o.Value)),
                new XElement(Names + "Size", o.Value.Length)))));
    }

    private S3Answer ListUploads(string prefix) => S3Answer.Xml(new XElement(
        Names + "ListMultipartUploadsResult",
        _uploads.Where(u => u.Value.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(u => new XElement(
            Names + "Upload", new XElement(Names + "Key", u.Value.Key), new XElement(Names + "UploadId", u.Key)))));

    private S3Answer BeginUpload(string key)
    {
        var id = $"upload-{++_lastUpload}";
        _uploads[id] = new FakeS3Upload(key);
        return S3Answer.Xml(new XElement(Names + "InitiateMultipartUploadResult", new XElement(Names + "Key", key), new XElement(Names + "UploadId", id)));
    }

    private S3Answer PutPart(IQueryCollection query, byte[] body)
    {
        if (!_uploads.TryGetValue($"{query["uploadId"]}", out var upload))
            return NoUpload();
        upload.Parts[int.Parse($"{query["partNumber"]}", CultureInfo.InvariantCulture)] = body;
        return Tagged(body);
    }

    private S3Answer EndUpload(string id, byte[] body)
    {
        if (!_uploads.Remove(id, out var upload))
            return NoUpload();
        var asked = XElement.Parse(System.Text.Encoding.UTF8.GetString(body)).Descendants().Where(e => e.Name.LocalName == "PartNumber").Select(e => int.Parse(e.Value, CultureInfo.InvariantCulture));
        if (!asked.SequenceEqual(upload.Parts.Keys))
            return S3Answer.Error(400, "InvalidPart", "The parts are others");
        _objects[upload.Key] = [.. upload.Parts.Values.SelectMany(part => part)];
        return S3Answer.Xml(new XElement(Names + "CompleteMultipartUploadResult", new XElement(Names + "Key", upload.Key), new XElement(Names + "ETag", Tag(_objects[upload.Key]))));
    }

    private static S3Answer NoUpload() => S3Answer.Error(404, "NoSuchUpload", "There is no such upload");

    private static S3Answer Tagged(byte[] body) => S3Answer.Empty(200) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["ETag"] = Tag(body) } };

    private static string Tag(byte[] content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";
}
