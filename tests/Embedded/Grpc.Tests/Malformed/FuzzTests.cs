using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Echoes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grpc.Tests.Malformed;

/// <summary>Whatever comes, calls end with a status and nothing else happens.</summary>
public sealed class FuzzTests
{
    private static readonly byte[] Valid = Frame(new EchoRequest { Text = "hello", Payload = ByteString.CopyFrom(new byte[100]), Count = 3 });

    [Fact]
    public async Task Server_AnyRequest_AnswersWithStatus()
    {
        using var log = new ErrorLog();
        await using var host = await StartAsync(log);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        await Fuzz.RunAsync(async random =>
        {
            var path = Pick(random, RawCall.Unary, "/grpc_tests.Echo/Collect", "/grpc_tests.Echo/Expand", "/grpc_tests.Echo/Chat", "/grpc_tests.Echo/x", "/x/y");
            var body = Fuzz.Mutate(random, random.Next(3) == 0 ? [.. Valid, .. Valid] : Valid);
            var headers = new[]
            {
                ("grpc-encoding", Pick(random, "identity", "gzip", "snappy", "")),
                ("grpc-accept-encoding", Pick(random, "gzip", "identity", ",,", "br")),
                ("grpc-timeout", Pick(random, "10S", "1m", "x", "99999999H", "0n")),
                ("raw-bin", Pick(random, "AAEC", "AAEC,AQ==", "!", "")),
            };
            var answer = await RawCall.SendAsync(client, host.Address, body, path, headers: headers);
            Assert.Equal(200, answer.HttpStatus);
            Assert.InRange(int.Parse(answer.GrpcStatus!, null), 0, 16);
        });
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Client_AnyResponse_EndsWithStatus()
    {
        var random = new Random(1);
        await using var server = await RawServer.StartAsync(async http =>
        {
            http.Response.StatusCode = Pick(random, 200, 200, 200, 204, 302, 404, 503);
            http.Response.ContentType = Pick(random, "application/grpc", "application/grpc", "application/grpc+proto", "text/html");
            http.Response.Headers["grpc-encoding"] = Pick(random, "identity", "gzip", "snappy");
            http.Response.Headers["raw-bin"] = Pick(random, "AAEC", "!");
            if (random.Next(5) == 0) http.Response.Headers["grpc-status"] = Pick(random, "0", "3", "x");
            if (http.Response.StatusCode == 200 && random.Next(5) > 0) await http.Response.Body.WriteAsync(Fuzz.Mutate(random, Valid));
            var trailers = http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
            if (random.Next(5) > 0) trailers["grpc-status"] = Pick(random, "0", "0", "5", "99", "-1", "");
            if (random.Next(5) > 0) trailers["grpc-message"] = Pick(random, "fine", "%", "%zz", "%C3%A9");
            if (random.Next(10) == 0) http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(random.Next(14) is var code and not 7 ? code : 2);
        });
        await Fuzz.RunAsync(async next =>
        {
            random = next;
            await ClientTests.CallAsync(server);
        });
    }

    [Fact]
    public async Task BothSides_DamagedConnection_EndWithStatus()
    {
        using var log = new ErrorLog();
        await using var host = await StartAsync(log);
        await Fuzz.RunAsync(async random =>
        {
            await using var proxy = new TcpProxy(host.Address, bytes =>
            {
                lock (random) return random.Next(3) == 0 ? Fuzz.Mutate(random, bytes) : bytes.ToArray();
            });
            using var channel = GrpcChannel.ForAddress(proxy.Address);
            var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(500));
            try
            {
                using var call = new Echo.EchoClient(channel).Chat(options);
                for (var i = 0; i < 3; i++)
                {
                    await call.RequestStream.WriteAsync(new EchoRequest { Text = "hello" });
                    if (!await call.ResponseStream.MoveNext()) return;
                }

                await call.RequestStream.CompleteAsync();
                while (await call.ResponseStream.MoveNext())
                {
                    // To the end.
                }
            }
            catch (RpcException)
            {
                // A status.
            }
        });
        Assert.Equal("alive", (await host.Client.UnaryAsync(new EchoRequest { Text = "alive" }).ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);
        Assert.Empty(log.Errors);
    }

    private static Task<GrpcHost> StartAsync(ErrorLog log) => GrpcHost.StartAsync(
        server: o => o.ResponseCompressionAlgorithm = "gzip", services: s => s.AddSingleton<ILoggerProvider>(log));

    private static byte[] Frame(EchoRequest request) => RawCall.Frame(0, (uint)request.CalculateSize(), request.ToByteArray());

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
