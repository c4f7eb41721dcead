using System.Globalization;
using Orchestrator.Simulation.Cluster;

namespace Orchestrator.Cli.Output;

/// <summary>What a simulation measured, for people.</summary>
internal static class SimulationText
{
    private const int ChartWidth = 60;
    private const int ChartHeight = 12;

    /// <summary>One line while it runs.</summary>
    public static string Progress(SimulationProgress progress, TimeSpan elapsed)
    {
        var planned = progress.TrialsPlanned is { } trials ? Line($" of {trials:N0}") : "";
        return Line($"[{Format.Duration(elapsed.TotalSeconds),6}] virtual time {Format.Duration(progress.Time.TotalSeconds)}  {progress.TrialsEnded:N0}{planned} trials ended  {progress.Running:N0} workers train");
    }

    /// <summary>The whole result.</summary>
    public static void Write(TextWriter output, SimulationResult result, double wallSeconds, long peakBytes)
    {
        var trials = string.Join(", ", result.Trials.Select(t => Line($"{t.Value:N0} {t.Key}")));
        output.WriteLine(Line($"{result.Workers:N0} workers, {result.Trials.Values.Sum():N0} trials ({trials}) in {Format.Duration(result.Time.TotalSeconds)} of virtual time"));
        output.WriteLine(Line($"  simulated in {wallSeconds:F1} s: {result.Events / wallSeconds:N0} events/s, peak memory {peakBytes / 1048576.0:N0} MiB"));
        output.WriteLine(Line($"  {result.Attempts:N0} attempts, {result.Reports:N0} reports, {result.Events:N0} events"));
        output.WriteLine(Line($"  {result.FailedWorkers:N0} workers died, {result.WithdrawnWorkers:N0} were withdrawn, {result.PreemptedAttempts:N0} attempts ended for others"));
        output.WriteLine(Line($"  workers busy {result.Utilisation:P1} of the time until the last trial was placed; best loss {result.BestLoss:G5}"));
        output.WriteLine();
        output.WriteLine("  world size      gangs   mean wait  longest wait");
        foreach (var wait in result.Waits) output.WriteLine(Line($"  {wait.WorldSize,10}{wait.Gangs,11:N0}{Format.Duration(wait.MeanSeconds),12}{Format.Duration(wait.LongestSeconds),14}"));
        output.WriteLine(result.StillWaiting == 0 ? "  nobody waits at the end" : Line($"  {result.StillWaiting} experiments wait at the end"));
        WriteTeams(output, result);
    }

    /// <summary>The curve of a scaling study.</summary>
    public static void Write(TextWriter output, IReadOnlyList<ScalingPoint> points, TimeSpan time)
    {
        output.WriteLine($"configurations evaluated in {Format.Duration(time.TotalSeconds)} of virtual time");
        output.WriteLine();
        output.WriteLine("  workers   evaluated  to the end    speed-up  efficiency   best loss");
        foreach (var p in points) output.WriteLine(Line($"  {p.Workers,7}{p.Evaluated,12:N0}{p.Trained,12:N0}{p.Speedup,12:N1}{p.Efficiency,12:P1}{p.BestLoss,12:G4}"));
        output.WriteLine();
        foreach (var line in Chart(points)) output.WriteLine(line);
    }

    private static void WriteTeams(TextWriter output, SimulationResult result)
    {
        if (result.Teams.Count < 2) return;
        output.WriteLine();
        output.WriteLine("  queue           fair share      had");
        foreach (var team in result.Teams) output.WriteLine(Line($"  {team.Queue,-14}{team.Fair,12:P2}{team.Had,9:P2}"));
        output.WriteLine(result.WorstHour is { } worst
            ? Line($"  furthest from its fair share in any of {result.Hours:N0} hours in which all wanted more: {100 * worst:F2} points")
            : "  there was no hour in which all wanted more all the time");
    }

    /// <summary>Speed-up over workers, both logarithmic; a line of dots is linear.</summary>
    private static IEnumerable<string> Chart(IReadOnlyList<ScalingPoint> points)
    {
        var most = Math.Max(2, Math.Max(points[^1].Workers / (double)points[0].Workers, points[^1].Speedup));
        var rows = Enumerable.Range(0, ChartHeight + 1).Select(_ => Enumerable.Repeat(' ', ChartWidth + 1).ToArray()).ToArray();
        for (var x = 0; x <= ChartWidth; x++) rows[ChartHeight - x * ChartHeight / ChartWidth][x] = '.';
        foreach (var p in points) rows[ChartHeight - Place(p.Speedup, most, ChartHeight)][Place(p.Workers / (double)points[0].Workers, most, ChartWidth)] = '*';
        yield return Line($"  speed-up (*) over workers; dots: linear; both axes logarithmic, to {most:N0}");
        foreach (var row in rows) yield return "  |" + new string(row).TrimEnd();
        yield return "  +" + new string('-', ChartWidth + 1);
    }

    private static int Place(double value, double most, int length) => (int)Math.Round(Math.Clamp(Math.Log(Math.Max(1, value)) / Math.Log(most), 0, 1) * length);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
