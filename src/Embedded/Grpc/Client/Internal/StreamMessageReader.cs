using System.Buffers;
using System.Runtime.CompilerServices;
using Grpc.Net.Compression;
using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>Cuts a response stream into messages, in one pooled buffer that grows to the longest of them.</summary>
internal sealed class StreamMessageReader(Stream stream, ICompressionProvider? encoding, int? maxMessageLength)
    : PayloadContext(encoding, maxMessageLength), IDisposable
{
    /// <summary>Bytes read beyond the current message at most, so that small messages come many a read and big ones are not moved.</summary>
    private const int ReadAhead = 4096;

    /// <summary>Bytes that are reserved at once because a peer announced them; beyond, the buffer doubles as they arrive.</summary>
    private const int Trusted = 16 * 1024 * 1024;

    private readonly int? _maxMessageLength = maxMessageLength;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadAhead);
    private int _start;
    private int _end;
    private MessagePrefix _prefix;

    private int Available => _end - _start;

    /// <summary>Reads the next message.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="GrpcProtocolException">The stream ends within a message, or the message is over the limit.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(GrpcProtocol.MessagePrefixLength, cancellationToken).ConfigureAwait(false))
        {
            if (Available == 0) return false;
            throw new GrpcProtocolException(StatusCode.Internal, "Incomplete message.");
        }

        _prefix = MessagePrefix.Parse(_buffer.AsSpan(_start, GrpcProtocol.MessagePrefixLength), _maxMessageLength);
        _start += GrpcProtocol.MessagePrefixLength;
        if (!await FillAsync(_prefix.Length, cancellationToken).ConfigureAwait(false))
            throw new GrpcProtocolException(StatusCode.Internal, "Incomplete message.");
        return true;
    }

    public T Deserialize<T>(Func<DeserializationContext, T> deserializer)
    {
        var payload = new ReadOnlySequence<byte>(_buffer, _start, _prefix.Length);
        _start += _prefix.Length;
        return Deserialize(payload, _prefix.Compressed, deserializer);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        while (Available < count)
        {
            MakeRoom(count);
            var wanted = Math.Max(count - Available, ReadAhead);
            var room = _buffer.AsMemory(_end);
            var read = await stream.ReadAsync(room[..Math.Min(wanted, room.Length)], cancellationToken).ConfigureAwait(false);
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }

    private void MakeRoom(int count)
    {
        if (_start == _end) _start = _end = 0;
        if (_buffer.Length - _start >= count) return;
        if (_buffer.Length >= Trusted && _end < _buffer.Length) return;
        var target = _buffer;
        if (_buffer.Length < count) target = ArrayPool<byte>.Shared.Rent((int)Math.Min(count, Math.Max(2L * _buffer.Length, Trusted)));
        _buffer.AsSpan(_start, Available).CopyTo(target);
        if (target != _buffer) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (target, 0, Available);
    }
}
