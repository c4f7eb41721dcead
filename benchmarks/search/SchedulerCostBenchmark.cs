using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Schedulers;
using Orchestrator.Simulation.Benchmarks.Curves;

namespace Orchestrator.Search.Benchmarks;

/// <summary>The processor time of a report, decision and all, of a scheduler with so many running trials: <c>scheduler-cost [--scheduler S,S] [--workers N]</c>.</summary>
internal static class SchedulerCostBenchmark
{
    // The last of them is a milestone of every scheduler.
    private const int Epochs = 9;

    // As many as the tables of curves have.
    private static readonly ParameterSpec[] Space = [.. Enumerable.Range(1, 7).Select(i => new ParameterSpec($"x{i}", new Distribution.Uniform(0, 1)))];

    public static object Run(Arguments arguments) =>
        arguments.Text("scheduler", "asha,promotion,hyperband,median,forecast").Split(',').Select(s => Measure(s, arguments.Number("workers", 10_000))).ToList();

    private static object Measure(string name, int workers)
    {
        var early = CurveBenchmark.Find(name, maxResource: 27);
        var scheduler = TrialSchedulers.Create(new ExperimentSpec { Name = "bench", Task = "curves", Metric = new MetricSpec("error", Goal.Minimize), Parameters = Space, EarlyTerminate = early });
        var random = SplitMix64.ForStream(1, 1);
        double[] floors = [.. Enumerable.Range(0, workers).Select(_ => random.NextDouble())];
        for (var trial = 1; trial <= workers; trial++)
            scheduler.Observe(new SearchObservation.Proposed(trial, new ParameterSet(Space.Select(p => new KeyValuePair<string, ParameterValue>(p.Name, ParameterValue.Of(random.NextDouble()))))));
        var slowest = TimeSpan.Zero;
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            var started = Environment.CpuUsage.TotalTime;
            for (var trial = 1; trial <= workers; trial++)
            {
                var report = new SchedulerReport(trial, epoch, floors[trial - 1] + 1.0 / epoch);
                scheduler.Decide(report);
                scheduler.Observe(report);
            }
            var took = Environment.CpuUsage.TotalTime - started;
            if (took > slowest) slowest = took;
        }
        return new { scheduler = name, workers, slowest_epoch_ms_per_report = Math.Round(slowest.TotalMilliseconds / workers, 4) };
    }
}
