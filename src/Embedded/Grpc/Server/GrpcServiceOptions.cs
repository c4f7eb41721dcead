using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Protocol;

namespace Grpc.AspNetCore.Server;

/// <summary>Options of all services, or of one.</summary>
public class GrpcServiceOptions
{
    private int? _maxReceiveMessageSize = GrpcProtocol.DefaultMaxReceiveMessageSize;
    private int? _maxSendMessageSize;

    /// <value>Bytes; no limit when null, the default.</value>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set
        {
            _maxSendMessageSize = value;
            MaxSendMessageSizeSpecified = true;
        }
    }

    /// <value>Bytes; no limit when null. 4 MiB by default.</value>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set
        {
            _maxReceiveMessageSize = value;
            MaxReceiveMessageSizeSpecified = true;
        }
    }

    /// <value>Whether clients see the messages of exceptions that handlers throw. False by default.</value>
    public bool? EnableDetailedErrors { get; set; }

    /// <value>Whether calls of unknown services and methods go on to other endpoints instead of ending with <see cref="StatusCode.Unimplemented"/>.</value>
    public bool? IgnoreUnknownServices { get; set; }

    /// <value>What requests and responses may be compressed with; gzip when empty.</value>
    public IList<ICompressionProvider> CompressionProviders { get; set; } = [];

    /// <value>The encoding of responses to clients that accept it; none by default.</value>
    public string? ResponseCompressionAlgorithm { get; set; }

    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <value>The first interceptor is the first to see a call; those of all services come before those of one.</value>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool MaxReceiveMessageSizeSpecified { get; private set; }

    internal bool MaxSendMessageSizeSpecified { get; private set; }

    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
