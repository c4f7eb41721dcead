using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

/// <summary>A service whose methods do what the test that uses them says.</summary>
public sealed class EchoService(EchoBehaviour behaviour) : Echo.EchoBase
{
    public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) => behaviour.Unary(request, context);

    public override Task<EchoReply> Collect(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context) =>
        behaviour.Collect(requestStream, context);

    public override Task Expand(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context) =>
        behaviour.Expand(request, responseStream, context);

    public override Task Chat(IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context) =>
        behaviour.Chat(requestStream, responseStream, context);
}
