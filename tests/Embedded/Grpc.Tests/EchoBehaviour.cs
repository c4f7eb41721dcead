using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

/// <summary>What <see cref="EchoService"/> does; by default it gives back what it gets.</summary>
public sealed class EchoBehaviour
{
    public UnaryServerMethod<EchoRequest, EchoReply> Unary { get; init; } = (request, _) => Task.FromResult(Reply(request));

    public ClientStreamingServerMethod<EchoRequest, EchoReply> Collect { get; init; } = async (requests, _) =>
    {
        var texts = new List<string>();
        await foreach (var request in requests.ReadAllAsync()) texts.Add(request.Text);
        return new EchoReply { Text = string.Join(',', texts) };
    };

    public ServerStreamingServerMethod<EchoRequest, EchoReply> Expand { get; init; } = async (request, replies, _) =>
    {
        for (var i = 0; i < request.Count; i++) await replies.WriteAsync(new EchoReply { Text = $"{request.Text}{i}", Payload = request.Payload });
    };

    public DuplexStreamingServerMethod<EchoRequest, EchoReply> Chat { get; init; } = async (requests, replies, _) =>
    {
        await foreach (var request in requests.ReadAllAsync()) await replies.WriteAsync(Reply(request));
    };

    private static EchoReply Reply(EchoRequest request) => new() { Text = request.Text, Payload = request.Payload };
}
