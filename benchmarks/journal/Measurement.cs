using System.Diagnostics;

namespace Orchestrator.Journal.Benchmarks;

/// <summary>What a workload of many durable appends cost.</summary>
internal sealed record Measurement(string Name, double AppendsPerSecond, double P50Milliseconds, double P99Milliseconds, double BytesPerAppend)
{
    /// <summary>Runs a few appenders side by side, each one append after the other, after a tenth of it as a warm-up.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="appenders">How many wait at once.</param>
    /// <param name="total">Appends over all of them.</param>
    /// <param name="append">Appends once: (appender, number of its append from 0).</param>
    public static async Task<Measurement> TakeAsync(string name, int appenders, int total, Func<int, int, Task> append)
    {
        var each = total / appenders;
        var warmUp = Math.Max(1, each / 10);
        await RunAsync(appenders, 0, warmUp, append, null);
        GC.Collect();
        var latencies = new long[appenders][];
        for (var i = 0; i < appenders; i++) latencies[i] = new long[each];
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await RunAsync(appenders, warmUp, each, append, latencies);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var sorted = latencies.SelectMany(l => l).Order().ToArray();
        return new Measurement(name, sorted.Length / seconds, Milliseconds(sorted[sorted.Length / 2]), Milliseconds(sorted[sorted.Length * 99 / 100]), (double)allocated / sorted.Length);
    }

    private static Task RunAsync(int appenders, int from, int count, Func<int, int, Task> append, long[][]? latencies) => Task.WhenAll(Enumerable.Range(0, appenders).Select(async appender =>
    {
        await Task.Yield();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await append(appender, from + i);
            latencies?[appender][i] = Stopwatch.GetTimestamp() - start;
        }
    }));

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
