using System.Text.Json;
using Orchestrator.AllReduce.Benchmarks;

// All-reduce over loopback: ours (shared memory, Gloo, gRPC ring) against PyTorch's Gloo and a mere copy, in rotation, so that a noisy machine is noisy for all.
// Usage: [--json] [--rounds N] [--sizes MiB,MiB,...] [--ranks N,N,...]
if (args is ["rank", var system, var rank])
{
    await Rank.RunAsync(system, int.Parse(rank));
    return;
}

var rounds = int.Parse(Option("--rounds", "5"));
var sizes = Option("--sizes", "1,16,64,256").Split(',').Select(long.Parse).ToArray();
List<Measurement> results = [];
foreach (var ranks in Option("--ranks", "2,4").Split(',').Select(int.Parse))
    results.AddRange(await CompareAsync(ranks));
if (args.Contains("--json"))
    Console.WriteLine(JsonSerializer.Serialize(results));

async Task<List<Measurement>> CompareAsync(int ranks)
{
    using var pytorch = await RankGroup.StartPyTorchAsync(ranks);
    using var copy = await RankGroup.StartOursAsync(Rank.Copy, ranks);
    using var shared = await RankGroup.StartOursAsync("auto", ranks);
    using var gloo = await RankGroup.StartOursAsync("gloo", ranks);
    using var grpc = await RankGroup.StartOursAsync("grpc", ranks);
    (string Name, RankGroup Group)[] systems = [("pytorch", pytorch), (Rank.Copy, copy), ("shared", shared), ("gloo", gloo), ("grpc", grpc)];
    List<Measurement> compared = [];
    foreach (var size in sizes)
    {
        var calls = size <= 16 ? 20 : 5;
        var seconds = systems.ToDictionary(system => system.Name, _ => new List<double>());
        var processor = systems.ToDictionary(system => system.Name, _ => new List<double>());
        var allocated = systems.ToDictionary(system => system.Name, _ => double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, group) in systems)
            {
                var (time, busy, bytes) = await group.MeasureAsync(size << 20, calls);
                seconds[name].Add(time);
                processor[name].Add(busy);
                allocated[name] = Math.Min(allocated[name], bytes);
            }
        }
        var peer = Statistics.Median(seconds["pytorch"]);
        foreach (var (name, times) in seconds)
        {
            var time = Statistics.Median(times);
            var measured = new Measurement(name, ranks, size, time * 1e3, (size << 20) / time * 2 * (ranks - 1) / ranks / 1e9, peer / time, Statistics.Median(processor[name]) * 1e3, allocated[name]);
            compared.Add(measured);
            if (!args.Contains("--json"))
                Console.WriteLine($"{ranks} ranks {size,4} MiB  {name,-8} {measured.Milliseconds,8:0.00} ms  {measured.BusGBps,6:0.00} GB/s  {measured.SpeedVersusPyTorch,5:0.00}x PyTorch  {measured.ProcessorMilliseconds,8:0.00} ms of processors  {measured.AllocatedBytes,8:0} B allocated");
        }
    }
    return compared;
}

string Option(string name, string otherwise)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
}
