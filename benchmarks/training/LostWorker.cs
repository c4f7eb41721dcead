using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Training.Benchmarks;

/// <summary>What a killed worker costs a trial of three ranks: the time until it ends an epoch that it had not ended before.</summary>
internal static class LostWorker
{
    private const int KilledAfterEpoch = 6;

    private static readonly string Program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Orchestrator.Cli/release/orch.dll"));

    /// <summary>Runs a sweep of one trial, kills a worker in the middle, and measures.</summary>
    /// <param name="data">The folder of the digits.</param>
    /// <param name="least">Ranks with which it goes on from memory; null: it resumes from its checkpoint.</param>
    /// <returns>Seconds.</returns>
    internal static double Measure(string data, int? least)
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"There is no {Program}: build src/Orchestrator.Cli first.");
        var folder = Directory.CreateTempSubdirectory("lost-worker-").FullName;
        try
        {
            var sweep = Path.Combine(folder, "sweep.yaml");
            File.WriteAllText(sweep, Sweep(Path.GetFullPath(data), least));
            string[] words = [Program, "run", sweep, "--state", Path.Combine(folder, "state"), "--json"];
            using var orch = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            var seconds = Follow(orch);
            orch.StandardError.ReadToEnd();
            orch.StandardOutput.ReadToEnd();
            orch.WaitForExit();
            return seconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Follow(Process orch)
    {
        var (victim, killed, reached) = (0, 0L, 0);
        while (orch.StandardError.ReadLine() is { } line)
        {
            if (!line.StartsWith('{'))
                continue;
            var happened = JsonNode.Parse(line)!;
            var epoch = (string?)happened["event"] == "trial" ? (int)happened["epoch"]! : 0;
            if ((string?)happened["event"] == "host" && (string?)happened["name"] == "worker-3" && killed == 0)
                victim = (int)happened["pid"]!;
            if (killed > 0 && epoch > reached + 1) // the one after the kill may have been ended already
                return Stopwatch.GetElapsedTime(killed).TotalSeconds;
            if (killed > 0 || epoch < KilledAfterEpoch)
                continue;
            using (var process = Process.GetProcessById(victim))
                process.Kill();
            (killed, reached) = (Stopwatch.GetTimestamp(), epoch);
        }

        throw new InvalidOperationException("The trial ended before it went on.");
    }

    private static string Sweep(string data, int? least) => $$"""
        name: lost-worker
        task: vae
        dataset: {kind: mnist, path: "{{data}}"}
        method: random
        run_cap: 1
        metric: {name: validation_elbo, goal: maximize}
        parameters:
          epochs: {value: 60}
          batch_size: {value: 500}
          hidden_size: {value: 64}
        resources: {world_size: 3, max_parallel: 1{{(least is null ? "" : string.Create(CultureInfo.InvariantCulture, $", min_world_size: {least}"))}}}
        """;
}
