using Amazon.S3.Model;

namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>
/// Reads an object as it comes, never whole in memory. A download that breaks off goes on where it was, of the same object; a bounded number of
/// times in a row. To go elsewhere in it is a request of its own, unless it is a little further on.
/// </summary>
/// <param name="bucket">Where it is.</param>
/// <param name="item">The object.</param>
internal sealed class S3ReadStream(S3Bucket bucket, S3Item item) : Stream
{
    private const int BufferBytes = 128 << 10;
    private const int LongestSkip = 1 << 20;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private GetObjectResponse? _answer;
    private long _bufferStart;
    private int _bufferLength;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => item.Bytes;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <summary>The byte that the answer under way gives next.</summary>
    private long Next => _bufferStart + _bufferLength;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _position >= Length)
            return 0;
        while (_position < _bufferStart || _position >= Next)
            Fetch();
        var there = _buffer.AsSpan((int)(_position - _bufferStart), (int)(Next - _position));
        var count = Math.Min(buffer.Length, there.Length);
        there[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            End();
        base.Dispose(disposing);
    }

    /// <summary>Fills the buffer with what comes next; what lies before the position is passed over.</summary>
    private void Fetch()
    {
        if (_position < Next || _position > Next + LongestSkip)
            End();
        for (var broken = 0; ; broken++)
        {
            try
            {
                FetchOnce();
                return;
            }
            catch (Exception exception) when (S3Failure.IsOne(exception))
            {
                End();
                if (broken >= bucket.Limits.BrokenReads)
                    throw bucket.Broken(item.Key, exception);
            }
        }
    }

    private void FetchOnce()
    {
        if (_answer is null)
        {
            (_bufferStart, _bufferLength) = (_position, 0);
            _answer = bucket.Get(item, _position);
        }

        _bufferStart = Next;
        _bufferLength = 0;
        using var patience = new CancellationTokenSource(bucket.Limits.Patience, bucket.Time);
        _bufferLength = _answer.ResponseStream.ReadAsync(_buffer, patience.Token).AsTask().GetAwaiter().GetResult();
        if (_bufferLength == 0)
            throw new EndOfStreamException($"the answer ended at byte {_bufferStart} of {Length}");
    }

    private void End()
    {
        _answer?.Dispose();
        _answer = null;
    }
}
