using System.Buffers;

namespace Grpc.Core;

/// <summary>Takes the payload of one message from a marshaller.</summary>
public abstract class SerializationContext
{
    /// <summary>Gives the payload whole and ends serialization.</summary>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException();

    /// <summary>Where the payload is written, before <see cref="Complete()"/>: no copy when <see cref="SetPayloadLength"/> was called first.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException();

    /// <param name="payloadLength">Bytes that will be written.</param>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotSupportedException();

    /// <summary>Ends serialization to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotSupportedException();
}
