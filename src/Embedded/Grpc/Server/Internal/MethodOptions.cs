using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Protocol;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What applies to the methods of one service: its own options over those of all services.</summary>
internal sealed record MethodOptions(
    int? MaxReceiveMessageSize,
    int? MaxSendMessageSize,
    bool EnableDetailedErrors,
    bool IgnoreUnknownServices,
    IReadOnlyList<InterceptorRegistration> Interceptors,
    CompressionProviders Compression,
    ICompressionProvider? ResponseCompression,
    CompressionLevel? ResponseCompressionLevel,
    TimeProvider TimeProvider)
{
    /// <exception cref="GrpcProtocolException">The response encoding is not known.</exception>
    public static MethodOptions Create(GrpcServiceOptions all, GrpcServiceOptions service)
    {
        var compression = new CompressionProviders(service.CompressionProviders.Count > 0 ? service.CompressionProviders : all.CompressionProviders);
        return Create(all, service, compression, compression.Get(service.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm));
    }

    private static MethodOptions Create(
        GrpcServiceOptions all, GrpcServiceOptions service, CompressionProviders compression, ICompressionProvider? responseCompression) => new(
        service.MaxReceiveMessageSizeSpecified ? service.MaxReceiveMessageSize : all.MaxReceiveMessageSize,
        service.MaxSendMessageSizeSpecified ? service.MaxSendMessageSize : all.MaxSendMessageSize,
        service.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false,
        service.IgnoreUnknownServices ?? all.IgnoreUnknownServices ?? false,
        [.. all.Interceptors, .. service.Interceptors],
        compression,
        responseCompression,
        service.ResponseCompressionLevel ?? all.ResponseCompressionLevel,
        all.TimeProvider);
}
