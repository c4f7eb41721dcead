// Calls and megabytes per CPU-second of the gRPC library, client and server in this process and both counted.
//   dotnet run --project benchmarks/grpc -- [--seconds N of processor time] [--only bare_http|unary|small_upload|small_download|upload|download] [--json]
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
var seconds = double.Parse(Option("--seconds") ?? "5", CultureInfo.InvariantCulture);
var only = Option("--only");

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
var results = new Dictionary<string, double>(StringComparer.Ordinal);
await MeasureAsync("bare_http", "calls", bare.CallAsync, 1);
await MeasureAsync("unary", "calls", workload.UnaryAsync, 1);
await MeasureAsync("small_upload", "messages", go => workload.UploadAsync(0, go), 1);
await MeasureAsync("small_download", "messages", go => workload.DownloadAsync(0, go), 1);
await MeasureAsync("upload", "megabytes", go => workload.UploadAsync(Workload.MessageBytes, go), 1e6);
await MeasureAsync("download", "megabytes", go => workload.DownloadAsync(Workload.MessageBytes, go), 1e6);

if (json) Console.WriteLine(JsonSerializer.Serialize(results));
else foreach (var (name, value) in results) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {value,10:F0}"));

async Task MeasureAsync(string name, string what, Func<Func<bool>, Task<long>> work, double unit)
{
    if (only is not null && only != name) return;

    // Twice as long before, for the just-in-time compiler to settle.
    await RunAsync(work, 2 * seconds);
    var cpu = Environment.CpuUsage.TotalTime;
    var allocated = GC.GetTotalAllocatedBytes();
    var done = await RunAsync(work, seconds) / unit;
    cpu = Environment.CpuUsage.TotalTime - cpu;
    results[$"{name}_{what}_per_cpu_second"] = done / cpu.TotalSeconds;
    results[$"{name}_allocated_bytes_per_{what[..^1]}"] = (GC.GetTotalAllocatedBytes() - allocated) / done;
}

// Processor time, not time, so that other load on the machine shortens neither warm-up nor measurement.
static async Task<long> RunAsync(Func<Func<bool>, Task<long>> work, double cpuSeconds)
{
    var end = Environment.CpuUsage.TotalTime + TimeSpan.FromSeconds(cpuSeconds);
    var running = true;
    using var timer = new Timer(_ => Volatile.Write(ref running, Environment.CpuUsage.TotalTime < end), null, 0, 20);
    return await work(() => Volatile.Read(ref running));
}

string? Option(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
