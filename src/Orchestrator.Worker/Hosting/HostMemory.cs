using System.Globalization;

namespace Orchestrator.Worker.Hosting;

/// <summary>How much memory this process may use, and whose it is.</summary>
/// <param name="Megabytes">How much; 0: unknown.</param>
/// <param name="Of">The container that has so much for itself; empty: it is the machine's, which all of its workers share.</param>
internal readonly record struct HostMemory(long Megabytes, string Of)
{
    private const long Megabyte = 1_000_000;

    /// <summary>As the system says: the limit of the container, or what the machine has.</summary>
    public static HostMemory Read() => From(Lines("/proc/meminfo"), Lines("/sys/fs/cgroup/memory.max"), Lines("/sys/fs/cgroup/memory/memory.limit_in_bytes"), Environment.MachineName);

    /// <summary>The same from the contents of the system's files.</summary>
    /// <param name="meminfo">Lines of <c>/proc/meminfo</c>.</param>
    /// <param name="limit">The control group's limit, in bytes or <c>max</c>; none where there is none.</param>
    /// <param name="oldLimit">The same of version 1 of control groups.</param>
    /// <param name="machine">What the container calls itself.</param>
    public static HostMemory From(IEnumerable<string> meminfo, IEnumerable<string> limit, IEnumerable<string> oldLimit, string machine)
    {
        var total = meminfo.FirstOrDefault(line => line.StartsWith("MemTotal:", StringComparison.Ordinal)) is { } line ? Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024 : null;
        var bound = limit.Concat(oldLimit).Select(Number).FirstOrDefault(number => number is not null);
        if (bound is { } own && own < (total ?? long.MaxValue)) return new HostMemory(own / Megabyte, machine);
        return new HostMemory((total ?? 0) / Megabyte, "");
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // this system says it elsewhere, or not at all
        }
    }
}
