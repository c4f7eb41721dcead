using Grpc.Core;
using Orchestrator.Coordinator.Access;

namespace Orchestrator.Coordinator.Tests.Access;

public sealed class AccessDeniedInterceptorTests
{
    private readonly AccessDeniedInterceptor _interceptor = new();

    public static TheoryData<string> Kinds => ["unary", "client streaming", "server streaming", "duplex"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Handler_Denies_IsPermissionDeniedWithItsReason(string kind)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => Call(kind, () => throw new AccessDeniedException("'ann' may not")));

        Assert.Equal((StatusCode.PermissionDenied, "'ann' may not"), (error.StatusCode, error.Status.Detail));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Handler_FailsOtherwise_IsLeftAsItIs(string kind)
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Call(kind, () => throw new TimeoutException()));
        await Call(kind, () => { });
    }

    private Task Call(string kind, Action handle) => kind switch
    {
        "unary" => _interceptor.UnaryServerHandler<string, string>("", null!, (_, _) => Handle(handle)),
        "client streaming" => _interceptor.ClientStreamingServerHandler<string, string>(null!, null!, (_, _) => Handle(handle)),
        "server streaming" => _interceptor.ServerStreamingServerHandler<string, string>("", null!, null!, (_, _, _) => Handle(handle)),
        _ => _interceptor.DuplexStreamingServerHandler<string, string>(null!, null!, null!, (_, _, _) => Handle(handle)),
    };

    private static async Task<string> Handle(Action handle)
    {
        await Task.Yield();
        handle();
        return "";
    }
}
