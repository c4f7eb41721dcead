using System.Text.Json;
using Orchestrator.Domain.Errors;
using Orchestrator.Search.Benchmarks;

try
{
    var options = Arguments.Read(args);
    object result = options.Command switch
    {
        "tables" => TablesBenchmark.Run(options),
        "synthetic" => SyntheticBenchmark.Run(options),
        "curves" => CurvesBenchmark.Run(options),
        "cost" => CostBenchmark.Run(options),
        "scheduler-cost" => SchedulerCostBenchmark.Run(options),
        _ => throw new OrchestratorException("bench.arguments", $"'{options.Command}' is not a benchmark; there are: tables, synthetic, curves, cost, scheduler-cost. See benchmarks/search/README.md."),
    };
    Console.WriteLine(JsonSerializer.Serialize(result));
    return 0;
}
catch (OrchestratorException e)
{
    Console.Error.WriteLine("error: " + e.Message);
    return 2;
}
