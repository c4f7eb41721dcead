// Time of a training step against PyTorch on the same libtorch, one thread each, in turns.
//   dotnet run --project benchmarks/steps -- [--rounds N] [--json]
using System.Globalization;
using System.Text.Json;
using TorchSharp;
using TorchSharp.Benchmarks;

var json = args.Contains("--json");
var at = Array.IndexOf(args, "--rounds");
var rounds = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 15;

torch.set_num_threads(1);
torch.manual_seed(1);
(string Name, Workload Workload, int Steps)[] cases =
[
    ("mlp", Workload.Mlp(), 200),
    ("vae", Workload.Vae(), 10),
    ("conv", Workload.Conv(), 50),
    ("lstm", Workload.Lstm(), 10),
    ("gan", Workload.Gan(), 5),
    ("dcgan", Workload.Dcgan(), 5),
    ("rnn", Workload.Rnn(), 3),
    ("transformer", Workload.Transformer(), 3),
];

using var python = new PyTorch();
var results = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
foreach (var (name, workload, steps) in cases)
{
    workload.Run(steps * 3);
    python.Run(name, steps * 3);
    List<Sample> ours = [], theirs = [];
    for (var round = 0; round < rounds; round++)
    {
        ours.Add(workload.Run(steps));
        theirs.Add(python.Run(name, steps));
    }

    var (mine, reference) = (Sample.Median(ours), Sample.Median(theirs));
    results[name] = new(StringComparer.Ordinal)
    {
        ["microseconds"] = mine.Wall * 1e6,
        ["pytorch_microseconds"] = reference.Wall * 1e6,
        ["speed_ratio"] = reference.Wall / mine.Wall,
        ["cpu_speed_ratio"] = reference.Cpu / mine.Cpu,
    };
}

if (json)
{
    Console.WriteLine(JsonSerializer.Serialize(results));
    return;
}

Console.WriteLine("model         us/step  PyTorch's   speed ratio (clock, processor): above 1 is faster than PyTorch");
foreach (var (name, r) in results)
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-11} {r["microseconds"],9:F0} {r["pytorch_microseconds"],10:F0} {r["speed_ratio"],7:F2} {r["cpu_speed_ratio"],6:F2}"));
