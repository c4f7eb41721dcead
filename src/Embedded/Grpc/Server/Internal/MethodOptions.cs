namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What applies to the methods of one service: its own options over those of all services.</summary>
internal sealed record MethodOptions(
    int? MaxReceiveMessageSize,
    int? MaxSendMessageSize,
    bool EnableDetailedErrors,
    bool IgnoreUnknownServices,
    IReadOnlyList<InterceptorRegistration> Interceptors,
    TimeProvider TimeProvider)
{
    public static MethodOptions Create(GrpcServiceOptions all, GrpcServiceOptions service) => new(
        service.MaxReceiveMessageSizeSpecified ? service.MaxReceiveMessageSize : all.MaxReceiveMessageSize,
        service.MaxSendMessageSizeSpecified ? service.MaxSendMessageSize : all.MaxSendMessageSize,
        service.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false,
        service.IgnoreUnknownServices ?? all.IgnoreUnknownServices ?? false,
        [.. all.Interceptors, .. service.Interceptors],
        all.TimeProvider);
}
