using Google.Protobuf;
using Grpc.Core;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Ring;

/// <summary>ProcessGroups.Pull (collectives.proto) with chunks that are not copied into objects.</summary>
internal static class RingMethod
{
    /// <summary>Stands for a chunk that has been taken in while it was read.</summary>
    public static RingData Taken { get; } = new();

    public static Method<RingRequest, RingData> Create(Marshaller<RingData> chunks) =>
        new(MethodType.DuplexStreaming, "orchestrator.v1.ProcessGroups", "Pull", Message(RingRequest.Parser), chunks);

    /// <summary>The serving side's: writes chunks out of the caller's buffer.</summary>
    public static Method<RingRequest, RingData> CreateServed() => Create(new(Write, static _ => throw new NotSupportedException()));

    /// <summary>The usual marshaller of a generated message.</summary>
    public static Marshaller<T> Message<T>(MessageParser<T> parser)
        where T : class, IMessage<T> => new(
            static (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));

    private static unsafe void Write(RingData chunk, SerializationContext context)
    {
        Span<byte> header = stackalloc byte[RingChunkFormat.MaxHeaderBytes];
        header = header[..RingChunkFormat.WriteHeader(header, chunk)];
        context.SetPayloadLength(header.Length + chunk.Length);
        var writer = context.GetBufferWriter();
        System.Buffers.BuffersExtensions.Write(writer, header);
        System.Buffers.BuffersExtensions.Write(writer, new ReadOnlySpan<byte>((void*)chunk.Address, chunk.Length));
        context.Complete();
    }
}
