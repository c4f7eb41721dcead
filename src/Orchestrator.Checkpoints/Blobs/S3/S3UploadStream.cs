using Amazon.S3.Model;

namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>
/// Writes an object: a small one in one request, a large one in parts that are sent while the next ones are written, a few at a time. Nothing is
/// there before <see cref="Complete"/>, and nothing stays where that was not called.
/// </summary>
internal sealed class S3UploadStream(S3Bucket bucket, string key) : Stream
{
    private readonly List<Task<PartETag>> _parts = [];
    private MemoryStream _part = new();
    private string? _upload;
    private long _length;
    private bool _completed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = (int)Math.Min(buffer.Length, bucket.Limits.PartBytes - _part.Length);
            _part.Write(buffer[..count]);
            _length += count;
            buffer = buffer[count..];
            if (_part.Length == bucket.Limits.PartBytes)
                Send();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Sends the rest, and waits until the object is there.</summary>
    /// <exception cref="CheckpointException">It could not be written.</exception>
    internal void Complete()
    {
        if (_upload is null)
        {
            bucket.Put(key, _part.GetBuffer(), (int)_part.Length);
        }
        else
        {
            if (_part.Length > 0)
                Send();
            bucket.EndUpload(key, _upload, _parts.Select(part => part.GetAwaiter().GetResult()));
        }

        _completed = true;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_completed && _upload is { } upload)
            Abort(upload);
        if (disposing)
            _part.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Sends the part that is full; waits where enough are on their way.</summary>
    private void Send()
    {
        var number = _parts.Count + 1;
        if (number > bucket.Limits.MaximumParts)
            throw new CheckpointException(CheckpointError.StorageFailed, $"{bucket.Place(key)} would be larger than {(long)bucket.Limits.PartBytes * bucket.Limits.MaximumParts} bytes, more than S3 takes in parts of this size.");
        var upload = _upload ??= bucket.BeginUpload(key);
        if (_parts.Count >= bucket.Limits.PartsAtOnce)
            _parts[^bucket.Limits.PartsAtOnce].GetAwaiter().GetResult();
        var part = _part;
        _parts.Add(Task.Run(() => bucket.PutPart(key, upload, number, part.GetBuffer(), (int)part.Length)));
        _part = new MemoryStream();
    }

    /// <summary>Parts that come after the end would stay, so those under way are waited for.</summary>
    private void Abort(string upload)
    {
        Task.WhenAll(_parts).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        try
        {
            bucket.AbortUpload(key, upload);
        }
        catch (CheckpointException)
        {
            // What made this upload end is already on its way to the caller; the next attempt's RemoveLeftovers gives it up.
        }
    }
}
