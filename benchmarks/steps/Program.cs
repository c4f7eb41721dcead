// Time of a training step against PyTorch on the same libtorch, one thread each, in turns.
//   dotnet run --project benchmarks/steps -- [--rounds N | --quick] [--json]
using System.Globalization;
using System.Text.Json;
using TorchSharp;
using TorchSharp.Benchmarks;

const int UsualRounds = 15;
const int QuickRounds = 3;

var json = args.Contains("--json");
var quick = args.Contains("--quick");
var at = Array.IndexOf(args, "--rounds");
var rounds = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : quick ? QuickRounds : UsualRounds;

torch.set_num_threads(1);
torch.manual_seed(1);
(string Name, Func<Workload> Make, int Steps)[] cases =
[
    ("mlp", Workload.Mlp, 200),
    ("vae", Workload.Vae, 10),
    ("conv", Workload.Conv, 50),
    ("lstm", Workload.Lstm, 10),
    ("gan", Workload.Gan, 5),
    ("dcgan", Workload.Dcgan, 5),
    ("rnn", Workload.Rnn, 3),
    ("transformer", Workload.Transformer, 3),
];

if (!json)
    Console.WriteLine("model         us/step  PyTorch's   speed ratio (clock, processor): above 1 is faster than PyTorch");
using var python = new PyTorch();
var results = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
foreach (var (name, make, steps) in cases)
{
    var result = Compare(name, make(), steps);
    results[name] = result;
    if (!json)
        Print(name, result);
}

if (json)
    Console.WriteLine(JsonSerializer.Serialize(results));

Dictionary<string, double> Compare(string name, Workload workload, int steps)
{
    workload.Run(steps * (quick ? 1 : 3)); // warms up
    python.Run(name, steps * (quick ? 1 : 3));
    List<Sample> ours = [], theirs = [];
    for (var round = 0; round < rounds; round++)
    {
        ours.Add(workload.Run(steps));
        theirs.Add(python.Run(name, steps));
    }

    var (mine, reference) = (Sample.Median(ours), Sample.Median(theirs));
    return new(StringComparer.Ordinal)
    {
        ["microseconds"] = mine.Wall * 1e6,
        ["pytorch_microseconds"] = reference.Wall * 1e6,
        ["speed_ratio"] = reference.Wall / mine.Wall,
        ["cpu_speed_ratio"] = reference.Cpu / mine.Cpu,
    };
}

static void Print(string name, Dictionary<string, double> r) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{name,-11} {r["microseconds"],9:F0} {r["pytorch_microseconds"],10:F0} {r["speed_ratio"],7:F2} {r["cpu_speed_ratio"],6:F2}"));
