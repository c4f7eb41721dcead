using System.CommandLine;
using System.Text.Json;
using Orchestrator.Cli.Output;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;
using Orchestrator.Simulation.Benchmarks;
using Orchestrator.Simulation.Benchmarks.Curves;
using Orchestrator.Simulation.Benchmarks.Tables;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch bench search</c>: how fast search algorithms and trial schedulers find good models, on recorded results.</summary>
internal sealed class BenchSearchCommand : Command, IHasExamples, IStandsAlone
{
    private const int MostTrials = 1_000_000;

    private readonly Option<string?> _table = new("--table") { Description = "A table of objectives; FILE.space.json lies beside it", HelpName = "FILE.csv.gz" };
    private readonly Option<string?> _curves = new("--curves") { Description = "A table of learning curves; FILE.space.json lies beside it", HelpName = "FILE.curves.csv.gz" };
    private readonly Option<string> _algorithm = new("--algorithm") { Description = $"The search algorithm: {string.Join(", ", BenchmarkAlgorithms.Names)}", HelpName = "A", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> _scheduler = new("--scheduler") { Description = $"The trial scheduler, with --curves: {string.Join(", ", CurveBenchmark.Schedulers.Keys)}", HelpName = "S", DefaultValueFactory = _ => "asha" };
    private readonly Option<int> _trials = Count("--trials", "Trials of each run, with --table", 100, MostTrials);
    private readonly Option<int> _parallel = Count("--parallel", "Trials that run at once, with --table", 1, MostTrials);
    private readonly Option<int> _budget = Count("--budget-epochs", "Epochs that a run may spend, with --curves", 1560, int.MaxValue);
    private readonly Option<int> _workers = Count("--workers", "Trials that run at once, with --curves", 4, MostTrials);
    private readonly Option<int> _seeds = Count("--seeds", "Runs; run s has the seed s, from 0", 20, 10_000);

    /// <summary>Makes the command.</summary>
    public BenchSearchCommand(CliContext context)
        : base("search", "Measure search algorithms and trial schedulers on recorded results; give --table or --curves")
    {
        foreach (var option in (Option[])[_table, _curves, _algorithm, _scheduler, _trials, _parallel, _budget, _workers, _seeds]) Add(option);
        Validators.Add(result =>
        {
            if ((result.GetValue(_table) is null) == (result.GetValue(_curves) is null)) result.AddError("give --table FILE.csv.gz or --curves FILE.curves.csv.gz, one of them");
        });
        SetAction(result => Measure(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "orch bench search --table car.csv.gz --algorithm tpe --trials 100 --seeds 20 --json",
        "orch bench search --table car.csv.gz --algorithm auto --trials 100 --seeds 20 --parallel 8 --json",
        "orch bench search --curves lcbench_126026.curves.csv.gz --scheduler asha --budget-epochs 1560 --workers 4 --seeds 20 --json",
    ];

    private static Option<int> Count(string name, string description, int otherwise, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (!int.TryParse(result.Tokens[0].Value, out var count) || count < 1 || count > most) result.AddError($"{name}: write a number from 1 to {most}");
        });
        return option;
    }

    private int Measure(CliContext context, ParseResult result)
    {
        try
        {
            var method = BenchmarkAlgorithms.Find(result.GetRequiredValue(_algorithm));
            if (result.GetValue(_table) is { } table) MeasureTable(context.Terminal, result, table, method);
            else MeasureCurves(context.Terminal, result, result.GetRequiredValue(_curves)!, method);
            return ExitCode.Done;
        }
        catch (OrchestratorException e)
        {
            throw new CliException(ExitCode.Usage, "orch bench search", e.Message, "see 'orch bench search --help'", e);
        }
    }

    private void MeasureTable(Terminal terminal, ParseResult result, string file, SearchMethod method)
    {
        var measured = TableBenchmark.Run(ObjectiveTable.Load(file), method, result.GetValue(_trials), result.GetValue(_seeds), result.GetValue(_parallel));
        terminal.Out.WriteLine(result.GetValue(CommonOptions.Json)
            ? JsonSerializer.Serialize(measured)
            : $"{measured.Table}: {measured.Algorithm}, mean regret of {measured.Seeds} runs after {string.Join(", ", measured.Regret.Select(r => $"{r.Key} trials {r.Value:F4}"))}");
    }

    private void MeasureCurves(Terminal terminal, ParseResult result, string file, SearchMethod method)
    {
        var measured = CurveBenchmark.Run(CurveTable.Load(file), method, result.GetRequiredValue(_scheduler), result.GetValue(_budget), result.GetValue(_workers), result.GetValue(_seeds));
        terminal.Out.WriteLine(result.GetValue(CommonOptions.Json)
            ? JsonSerializer.Serialize(measured)
            : $"{measured.Table}: {measured.Scheduler} with {measured.Algorithm}, mean regret of {measured.Seeds} runs of {measured.BudgetEpochs} epochs {measured.Regret:F4}, best final error {measured.BestFinalError:G5}, {measured.Trials:F0} trials");
    }
}
