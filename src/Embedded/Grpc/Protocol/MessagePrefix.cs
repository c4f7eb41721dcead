using System.Buffers.Binary;

namespace Grpc.Protocol;

/// <summary>The five bytes before each message.</summary>
/// <param name="Compressed">Whether the payload is compressed by the stream's encoding.</param>
/// <param name="Length">Bytes of payload.</param>
internal readonly record struct MessagePrefix(bool Compressed, int Length)
{
    /// <exception cref="GrpcProtocolException">The flag or the length is impossible, or the length is over the limit.</exception>
    public static MessagePrefix Parse(ReadOnlySpan<byte> bytes, int? maxLength)
    {
        if (bytes[0] > 1) throw new GrpcProtocolException(StatusCode.Internal, $"Unexpected compressed flag value in message header: {bytes[0]}.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        if (length > (uint)(maxLength ?? Array.MaxLength))
            throw new GrpcProtocolException(StatusCode.ResourceExhausted, MessageTooLong("Received", length, maxLength ?? Array.MaxLength));
        return new MessagePrefix(bytes[0] == 1, (int)length);
    }

    public static void Write(Span<byte> bytes, bool compressed, int length)
    {
        bytes[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], (uint)length);
    }

    /// <exception cref="GrpcProtocolException">The message is over the limit.</exception>
    public static void CheckSendLength(long length, int? maxLength)
    {
        if (length > (maxLength ?? Array.MaxLength))
            throw new GrpcProtocolException(StatusCode.ResourceExhausted, MessageTooLong("Sending", length, maxLength ?? Array.MaxLength));
    }

    public static string MessageTooLong(string verb, long length, int maxLength) =>
        $"{verb} message exceeds the maximum configured message size ({length} > {maxLength} bytes).";
}
