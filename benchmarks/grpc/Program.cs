// Calls and megabytes per CPU-second of the gRPC library, client and server in this process and both counted.
//   dotnet run --project benchmarks/grpc -- [--seconds N] [--json]
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Grpc.Benchmarks;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

var json = args.Contains("--json");
var at = Array.IndexOf(args, "--seconds");
var seconds = at >= 0 && at + 1 < args.Length ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : 5;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
builder.Services.AddGrpc();
await using var app = builder.Build();
app.MapGrpcService<BenchService>();
app.MapPost(BareHttp.Path, BareHttp.ServeAsync);
await app.StartAsync();

using var channel = GrpcChannel.ForAddress(app.Urls.Single());
var workload = new Workload(channel);
using var bare = new BareHttp(app.Urls.Single());
var results = new Dictionary<string, double>(StringComparer.Ordinal)
{
};
await MeasureAsync("bare_http", "calls", bare.CallAsync, 1);
await MeasureAsync("unary", "calls", workload.UnaryAsync, 1);
await MeasureAsync("small_upload", "messages", go => workload.UploadAsync(0, go), 1);
await MeasureAsync("upload", "megabytes", go => workload.UploadAsync(Workload.MessageBytes, go), 1e6);
await MeasureAsync("download", "megabytes", workload.DownloadAsync, 1e6);

if (json) Console.WriteLine(JsonSerializer.Serialize(results));
else foreach (var (name, value) in results) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {value,10:F0}"));

async Task MeasureAsync(string name, string what, Func<Func<bool>, Task<long>> work, double unit)
{
    // As long again before, for the just-in-time compiler to settle.
    await RunAsync(work, seconds);
    var cpu = Process.GetCurrentProcess().TotalProcessorTime;
    var allocated = GC.GetTotalAllocatedBytes();
    var done = await RunAsync(work, seconds) / unit;
    cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
    results[$"{name}_{what}_per_cpu_second"] = done / cpu.TotalSeconds;
    results[$"{name}_allocated_bytes_per_{what[..^1]}"] = (GC.GetTotalAllocatedBytes() - allocated) / done;
}

static Task<long> RunAsync(Func<Func<bool>, Task<long>> work, double seconds)
{
    var start = Stopwatch.GetTimestamp();
    return work(() => Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
}
