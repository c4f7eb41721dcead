using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests.Interop;

/// <summary>The server, called by another implementation.</summary>
public sealed class PythonClientTests
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _written;

    [PythonTheory]
    [InlineData("unary")]
    [InlineData("collect")]
    [InlineData("expand")]
    [InlineData("chat")]
    [InlineData("metadata")]
    [InlineData("status")]
    [InlineData("gzip")]
    [InlineData("big")]
    [InlineData("slow_reader")]
    [InlineData("unknown_method")]
    [InlineData("handler_fails")]
    [InlineData("bad_message")]
    [InlineData("two_requests")]
    public async Task Client_Scenario_GetsWhatGrpcSays(string scenario)
    {
        await using var host = await StartAsync();
        await Python.RunClientAsync(scenario, host.Address);
    }

    [PythonTheory]
    [InlineData("deadline")]
    [InlineData("cancel")]
    [InlineData("dropped")]
    public async Task Client_EndsCallInMidStream_HandlerIsCancelled(string scenario)
    {
        await using var host = await StartAsync();
        await Python.RunClientAsync(scenario, host.Address);
        await _ended.Task.WaitAsync(GrpcHost.Patience);
    }

    private Task<GrpcHost> StartAsync()
    {
        var echo = new EchoBehaviour();
        var behaviour = new EchoBehaviour
        {
            Unary = (request, context) => request.Text switch
            {
                "fail" => throw new RpcException(new Status(StatusCode.NotFound, "no such trial: é\n100%"), new Metadata { { "grpc-status-details-bin", [8, 5] } }),
                "crash" => throw new InvalidOperationException("crash"),
                "metadata" => EchoMetadataAsync(context),
                "stalled" => WaitForStallAsync(),
                _ => echo.Unary(request, context),
            },
            Expand = async (request, replies, context) =>
            {
                if (request.Text != "forever")
                {
                    await ExpandAsync(request, replies);
                    return;
                }

                await replies.WriteAsync(new EchoReply { Text = "first" });
                await CancellationTests.HangAsync<EchoReply>(context, null, _ended);
            },
        };
        return GrpcHost.StartAsync(behaviour, o =>
        {
            o.MaxReceiveMessageSize = null;
            o.ResponseCompressionAlgorithm = "gzip";
        });
    }

    private static async Task<EchoReply> EchoMetadataAsync(ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(new Metadata { { "text", context.RequestHeaders.GetValue("text")! } });
        context.ResponseTrailers.Add("raw-bin", context.RequestHeaders.GetValueBytes("raw-bin")!);
        return new EchoReply();
    }

    private async Task ExpandAsync(EchoRequest request, IServerStreamWriter<EchoReply> replies)
    {
        // Zeros would be compressed away and never fill a window.
        replies.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        for (var i = 0; i < request.Count; i++)
        {
            await replies.WriteAsync(new EchoReply { Text = $"{request.Text}{i}", Payload = request.Payload });
            _written = i + 1;
        }
    }

    /// <summary>Waits until the stream has not moved for a while, and says how many replies it took.</summary>
    private async Task<EchoReply> WaitForStallAsync()
    {
        for (var before = -1; before != _written;)
        {
            before = _written;
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        return new EchoReply { Text = $"{_written}" };
    }
}
