using System.Text.Json;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Journal.Benchmarks;
using Orchestrator.Storage.Sqlite;

// Durable appends of one report to the SQLite journal, with 1, 16 and 256 experiments that wait at once, beside the disk's own floor:
// the same bytes appended to a plain file with one fsync each.
//
//   dotnet run --project benchmarks/journal [-- --json] [--folder FOLDER]

var folder = Path.Combine(args.SkipWhile(a => a != "--folder").Skip(1).FirstOrDefault() ?? "artifacts", $"journal-benchmark-{Environment.ProcessId}");
Directory.CreateDirectory(folder);
try
{
    var results = new List<Measurement> { await PlainFile(2_000) };
    foreach (var (appenders, total) in new[] { (1, 2_000), (16, 16_000), (256, 64_000) }) results.Add(await Sqlite(appenders, total));
    if (args.Contains("--json")) Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "journal", results }, JsonSerializerOptions.Web));
    else foreach (var r in results) Console.WriteLine($"{r.Name,-40} {r.AppendsPerSecond,9:N0} appends/s   p50 {r.P50Milliseconds,7:N2} ms   p99 {r.P99Milliseconds,7:N2} ms   {r.BytesPerAppend,6:N0} bytes allocated/append");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task<Measurement> PlainFile(int total)
{
    using var file = new FileStream(Path.Combine(folder, "plain"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
    return await Measurement.TakeAsync("plain file, write and fsync", 1, total, (_, i) =>
    {
        file.Write(ExperimentEventJson.Serialize(Report(i)));
        file.Flush(flushToDisk: true);
        return Task.CompletedTask;
    });
}

async Task<Measurement> Sqlite(int appenders, int total)
{
    using var store = SqliteStore.Open(Path.Combine(folder, $"{appenders}.db"));
    return await Measurement.TakeAsync($"sqlite, {appenders} waiting at once", appenders, total,
        (appender, i) => store.Journal.AppendAsync(new ExperimentId($"experiment-{appender}"), i, [Report(i)], CancellationToken.None));
}

static TrialReported Report(int i) =>
    new(DateTimeOffset.UnixEpoch.AddSeconds(i), 1 + i % 100, 1, i, i, i * 100L, new Dictionary<string, double>(StringComparer.Ordinal) { ["validation_loss"] = 1.0 / (i + 1), ["samples_per_second"] = 12_345.678 });
