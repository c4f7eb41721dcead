using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Simulation.Cluster;

namespace Orchestrator.Cli.Commands;

/// <summary>The options of <c>orch simulate</c>, and the plan that they mean.</summary>
internal sealed class SimulateOptions
{
    private const int MostWorkers = 1_000_000;
    private const int MostTrials = 100_000_000;

    private readonly Argument<string[]> _files = new("FILE") { Description = "Sweep files: each is a sweep of the simulation, in its queue, with its run_cap", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int> _workers = Count("--workers", "Workers of the cluster", 500, MostWorkers);
    private readonly Option<int> _trials = Count("--trials", "Trials of all sweeps together, without files", 10_000, MostTrials);
    private readonly Option<int> _epochs = Count("--epochs", "Epochs of a trial that does not say it", 27, 1_000_000);
    private readonly Option<TimeSpan> _epochTime = Time("--epoch-time", "The median time of an epoch", TimeSpan.FromMinutes(1));
    private readonly Option<string> _scheduler = new("--scheduler") { Description = "asha or none, without files", HelpName = "S", DefaultValueFactory = _ => "asha" };
    private readonly Option<double[]> _weights = List("--weights", "A team with a queue of its own for each weight, without files", 1);
    private readonly Option<double[]> _worldSizes = List("--world-sizes", "Each team has a sweep of each of these world sizes, without files", 1);
    private readonly Option<TimeSpan?> _failure = MaybeTime("--mtbf", "The mean time between two deaths of a worker (default: none dies)");
    private readonly Option<TimeSpan?> _withdrawal = MaybeTime("--withdrawn-every", "The mean time between two withdrawals of a worker, as of spot machines (default: none)");
    private readonly Option<TimeSpan> _repair = Time("--repair", "How long a worker is away then, on average", TimeSpan.FromMinutes(10));
    private readonly Option<double> _stragglers = Number("--stragglers", "The part of the workers that take three times as long", 0, 1);
    private readonly Option<int> _perHost = Count("--workers-per-host", "Workers on each host", 8, 1024);
    private readonly Option<TimeSpan> _horizon = Time("--until", "The virtual time at which it ends at the latest", TimeSpan.FromDays(365));
    private readonly Option<int> _seed = new("--seed") { Description = "The seed of everything random", HelpName = "N" };

    public SimulateOptions() => _scheduler.AcceptOnlyFromAmong("asha", "none");

    /// <summary>Whether the scaling study is asked for.</summary>
    public Option<bool> Scaling { get; } = new("--scaling") { Description = "Print how the configurations evaluated in a fixed time (--until, else thirty whole trials) grow from 1 worker to --workers" };

    public void AddTo(Command command)
    {
        command.Add(_files);
        foreach (var option in (Option[])[_workers, _trials, _epochs, _epochTime, _scheduler, _weights, _worldSizes, _failure, _withdrawal, _repair, _stragglers, _perHost, _horizon, _seed, Scaling])
            command.Add(option);
    }

    /// <summary>The time of a scaling study.</summary>
    public TimeSpan ScalingTime(ParseResult result) =>
        result.GetResult(_horizon) is { Implicit: false } ? result.GetValue(_horizon) : result.GetValue(_epochTime) * result.GetValue(_epochs) * 30;

    /// <summary>What is to be simulated.</summary>
    /// <exception cref="OrchestratorException">The options don't go together.</exception>
    public SimulationPlan Plan(ParseResult result)
    {
        var files = result.GetValue(_files) ?? [];
        var weights = result.GetRequiredValue(_weights);
        return new SimulationPlan(Cluster(result), new TrainingModel(result.GetValue(_epochTime), result.GetValue(_epochs)), files.Length > 0 ? FromFiles(files) : Own(result, weights))
        {
            Pool = files.Length > 0 ? new PoolSpec() : new PoolSpec { Queues = [.. weights.Select((weight, i) => new QueueSpec(Team(i)) { Weight = weight })] },
            Horizon = result.GetValue(_horizon),
            Seed = result.GetValue(_seed),
        };
    }

    private ClusterModel Cluster(ParseResult result) => new(result.GetValue(_workers))
    {
        WorkersPerHost = result.GetValue(_perHost),
        Stragglers = result.GetValue(_stragglers),
        MeanTimeToFailure = result.GetValue(_failure),
        MeanTimeToPreemption = result.GetValue(_withdrawal),
        MeanRepair = result.GetValue(_repair),
    };

    /// <summary>Sweeps as their files say, on devices of the modelled kind.</summary>
    private static List<SimulatedSweep> FromFiles(IReadOnlyList<string> files) =>
        [.. files.Select(file => SweepSource.Read(file, null).Spec).Select(spec => new SimulatedSweep(spec with { Resources = spec.Resources with { Device = DeviceKind.Cuda } }, TimeSpan.Zero))];

    private List<SimulatedSweep> Own(ParseResult result, double[] weights)
    {
        var sizes = result.GetRequiredValue(_worldSizes);
        foreach (var size in sizes)
            if (size != Math.Floor(size)) throw new OrchestratorException("simulate.world_sizes", $"--world-sizes: {size} is no number of ranks.");
        var (trials, sweeps) = (result.GetValue(_trials), weights.Length * sizes.Length);
        if (trials < sweeps) throw new OrchestratorException("simulate.trials", $"--trials {trials} is less than one for each of the {sweeps} sweeps.");
        return [.. Enumerable.Range(0, sweeps).Select(i => new SimulatedSweep(Sweep(result, i, (int)sizes[i % sizes.Length], Team(i / sizes.Length), trials / sweeps + (i < trials % sweeps ? 1 : 0)), TimeSpan.Zero))];
    }

    private ExperimentSpec Sweep(ParseResult result, int number, int worldSize, string team, int trials)
    {
        var epochs = result.GetValue(_epochs);
        return new ExperimentSpec
        {
            Name = $"{team}-{worldSize}",
            Task = "simulated",
            Metric = new MetricSpec("loss", Goal.Minimize),
            Parameters =
            [
                new ParameterSpec("learning_rate", new Distribution.LogUniform(1e-5, 1)),
                new ParameterSpec("dropout", new Distribution.Uniform(0, 1)),
                new ParameterSpec("epochs", new Distribution.Constant(ParameterValue.Of((long)epochs))),
            ],
            EarlyTerminate = result.GetValue(_scheduler) == "asha" ? new EarlyTerminateSpec.Asha(MaxResource: epochs) : null,
            Resources = new ResourcesSpec(worldSize, DeviceKind.Cuda),
            Queue = team,
            Budget = new BudgetSpec(trials),
            Seed = result.GetValue(_seed) + number,
        };
    }

    private static string Team(int index) => $"team-{index + 1}";

    private static Option<int> Count(string name, string description, int otherwise, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (!int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var count) || count < 1 || count > most) result.AddError($"{name}: write a number from 1 to {most}");
        });
        return option;
    }

    private static Option<double> Number(string name, string description, double least, double most) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
            result.AddError($"{name}: write a number from {least} to {most}");
            return least;
        },
    };

    private static Option<double[]> List(string name, string description, double otherwise) => new(name)
    {
        Description = description,
        HelpName = "A,B,C",
        DefaultValueFactory = _ => [otherwise],
        CustomParser = result =>
        {
            var numbers = result.Tokens[0].Value.Split(',').Select(t => double.TryParse(t, CultureInfo.InvariantCulture, out var n) && n > 0 && n <= 1000 ? n : double.NaN).ToArray();
            if (!Array.Exists(numbers, double.IsNaN)) return numbers;
            result.AddError($"{name}: write numbers above 0 and at most 1000 with commas between them, such as 1,2,3");
            return [];
        },
    };

    private static Option<TimeSpan> Time(string name, string description, TimeSpan otherwise) =>
        new(name) { Description = description, HelpName = "TIME", DefaultValueFactory = _ => otherwise, CustomParser = r => ParseTime(name, r) ?? default };

    private static Option<TimeSpan?> MaybeTime(string name, string description) => new(name) { Description = description, HelpName = "TIME", CustomParser = r => ParseTime(name, r) };

    private static TimeSpan? ParseTime(string name, ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        double? unit = text.Length == 0 ? null : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => null };
        if (unit is { } seconds && double.TryParse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture, out var number) && number > 0 && number * seconds <= 1e9)
            return TimeSpan.FromSeconds(number * seconds);
        result.AddError($"{name}: '{text}' is no time; write it like 90s, 5m, 2h or 1d");
        return null;
    }
}
