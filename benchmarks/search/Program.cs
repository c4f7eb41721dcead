using Orchestrator.Domain.Errors;
using Orchestrator.Search.Benchmarks;

try
{
    SearchBenchmarkCommand.Run(args, Console.Out);
    return 0;
}
catch (OrchestratorException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
