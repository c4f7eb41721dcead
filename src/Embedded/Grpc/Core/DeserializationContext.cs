using System.Buffers;

namespace Grpc.Core;

/// <summary>Gives a marshaller the payload of one message.</summary>
public abstract class DeserializationContext
{
    /// <value>Bytes.</value>
    public abstract int PayloadLength { get; }

    /// <summary>The payload in an array of its own.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotSupportedException();

    /// <summary>The payload where it was received: no copy, valid only until the deserializer returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotSupportedException();
}
