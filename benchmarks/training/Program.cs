using System.Globalization;
using System.Text.Json;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Benchmarks;

if (args is [RankArguments.Verb, ..])
    return await RankProgram.RunAsync(RankArguments.Parse(args));

// Samples/s of the VAE, the engine and PyTorch in turn: training [--data DIR] [--rounds N] [--epochs N] [--json]
var data = Option("--data", Path.Combine("examples", "data", "mnist"));
var rounds = int.Parse(Option("--rounds", "3"), CultureInfo.InvariantCulture);
var epochs = int.Parse(Option("--epochs", "4"), CultureInfo.InvariantCulture);
const int BatchSize = 128;
if (args is ["lost-worker", ..])
{
    // Seconds that a killed worker costs, of three; in turn: training lost-worker [--data DIR] [--rounds N]
    List<double> fromMemory = [], fromCheckpoint = [];
    for (var round = 0; round < rounds; round++)
    {
        fromMemory.Add(LostWorker.Measure(data, least: 2));
        fromCheckpoint.Add(LostWorker.Measure(data, least: null));
    }

    Console.WriteLine($"from the kill of one of three workers to the next epoch ended, median of {rounds}: from memory {Median(fromMemory):F1} s, from the checkpoint {Median(fromCheckpoint):F1} s");
    return 0;
}

Contestant[] contestants =
[
    Contestant.PyTorch(data, 1, epochs, BatchSize),
    Contestant.Engine(data, 1, CollectiveKind.Gloo, epochs, BatchSize),
    Contestant.Engine(data, 1, CollectiveKind.Gloo, epochs, BatchSize, precision: "bfloat16"),
    Contestant.PyTorch(data, 2, epochs, BatchSize),
    Contestant.Engine(data, 2, CollectiveKind.Auto, epochs, BatchSize),
    Contestant.Engine(data, 2, CollectiveKind.Gloo, epochs, BatchSize),
    Contestant.Engine(data, 2, CollectiveKind.Grpc, epochs, BatchSize),
];
var speeds = contestants.ToDictionary(contestant => contestant, _ => new List<(double Speed, double? Waiting)>());
for (var round = 0; round < rounds; round++)
{
    foreach (var contestant in contestants)
        speeds[contestant].AddRange(contestant.Run());
}

var results = contestants.Select(contestant => new { contestant.Name, contestant.Ranks, SamplesPerSecond = Median(speeds[contestant].Select(epoch => epoch.Speed)), LoaderWait = speeds[contestant].Max(epoch => epoch.Waiting) }).ToList();
var peers = results.Where(result => result.Name.StartsWith("pytorch", StringComparison.Ordinal)).ToDictionary(result => result.Ranks, result => result.SamplesPerSecond);
var rows = results.Select(result => new { result.Name, result.Ranks, result.SamplesPerSecond, Ratio = result.SamplesPerSecond / peers[result.Ranks], result.LoaderWait }).ToList();
if (args.Contains("--json"))
{
    Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "training", model = "vae 784-400-20", batch_size = BatchSize, rounds, results = rows }));
    return 0;
}

foreach (var row in rows)
    Console.WriteLine($"{row.Name,-15} {row.Ranks} rank(s) {row.SamplesPerSecond,9:F0} samples/s   {row.Ratio:F2} x pytorch{(row.LoaderWait is { } share ? $"   waits for data {share:P2} of the time at most" : "")}");
return 0;

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : fallback;

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
