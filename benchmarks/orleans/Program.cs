using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Benchmarks;
using Orleans.Hosting;

// Calls per second and bytes per call of one silo on one core.
//
//   dotnet run --project benchmarks/orleans [-- --json]

if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) Process.GetCurrentProcess().ProcessorAffinity = 1;
const int calls = 1_000_000;
const int inFlight = 100;

var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.UseOrleans(silo => silo.UseLocalhostClustering());
using var host = builder.Build();
await host.StartAsync();
var grains = host.Services.GetRequiredService<IGrainFactory>();

Measurement[] results =
[
    await Measurement.TakeAsync($"client to grain, {inFlight} in flight", calls, total => InParallel(total, (grain, i) => grain.Ping(i))),
    await Measurement.TakeAsync($"client to grain with a turn between, {inFlight} in flight", calls, total => InParallel(total, (grain, _) => grain.Yield())),
    await Measurement.TakeAsync("client to grain, one at a time", calls, total => OneByOne(grains.GetGrain<IPingGrain>(0), total)),
    await Measurement.TakeAsync($"grain to grain, {inFlight} grains", calls, GrainToGrain),
];
await host.StopAsync();

if (args.Contains("--json"))
{
    Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "orleans", results }, JsonSerializerOptions.Web));
    return;
}
foreach (var r in results)
    Console.WriteLine($"{r.Name,-55} {r.CallsPerSecond,10:N0} calls/s {r.CallsPerCpuSecond,10:N0} calls/CPU-s {r.BytesPerCall,6:N0} bytes/call");

Task InParallel(int total, Func<IPingGrain, int, Task> call) => Task.WhenAll(Enumerable.Range(0, inFlight).Select(async i =>
{
    await Task.Yield();
    var grain = grains.GetGrain<IPingGrain>(i);
    for (var j = 0; j < total / inFlight; j++) await call(grain, j);
}));

static async Task OneByOne(IPingGrain grain, int total)
{
    await Task.Yield();
    for (var i = 0; i < total; i++) await grain.Ping(i);
}

Task GrainToGrain(int total) => Task.WhenAll(Enumerable.Range(0, inFlight).Select(
    i => grains.GetGrain<IPingGrain>(i).CallOther(grains.GetGrain<IPingGrain>(inFlight + i), total / inFlight)));
