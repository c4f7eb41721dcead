using System.Diagnostics;

namespace Orleans.Benchmarks;

/// <summary>What a number of calls cost.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Calls">How many calls were made.</param>
/// <param name="CallsPerSecond">Calls per second of wall time.</param>
/// <param name="CallsPerCpuSecond">Calls per second of processor time of this process, which other load on the machine does not change.</param>
/// <param name="BytesPerCall">Managed bytes allocated for each call.</param>
internal sealed record Measurement(string Name, int Calls, double CallsPerSecond, double CallsPerCpuSecond, double BytesPerCall)
{
    public static async Task<Measurement> TakeAsync(string name, int calls, Func<int, Task> run)
    {
        await run(calls / 4); // warm up: tiered compilation, pools
        await run(calls / 4);
        GC.Collect();
        var process = Process.GetCurrentProcess();
        var (cpu, bytes, started) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        await run(calls);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        process.Refresh();
        var used = process.TotalProcessorTime - cpu;
        return new(name, calls, calls / elapsed.TotalSeconds, calls / used.TotalSeconds, (double)allocated / calls);
    }
}
