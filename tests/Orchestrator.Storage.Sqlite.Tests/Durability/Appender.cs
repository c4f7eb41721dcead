using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Storage.Sqlite.Tests.Durability;

/// <summary>The process that is killed: writes without end, and tells on standard output what was acknowledged, one line each.</summary>
public static class Appender
{
    public const int Experiments = 4;

    public static async Task<int> Main(string[] arguments)
    {
        using var store = SqliteStore.Open(arguments[0]);
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Experiments).Select(number => AppendWithoutEnd(store, Name(number), output)));
        return 0;
    }

    public static ExperimentId Name(int number) => new($"experiment-{number}");

    public static CheckpointRecord Checkpoint(ExperimentId experiment, long version) =>
        new(new AttemptId(new TrialId(experiment, 1), 1), (int)version, version, $"file:///{version}", new string('c', 64), 1, null, Events.At);

    private static async Task AppendWithoutEnd(SqliteStore store, ExperimentId experiment, TextWriter output)
    {
        for (var version = 0L; ;)
        {
            version = await store.Journal.AppendAsync(experiment, version, Events.Reports(3, version + 1), default);
            await output.WriteLineAsync($"journal {experiment} {version}");
            await store.Checkpoints.RegisterAsync(Checkpoint(experiment, version), default);
            await output.WriteLineAsync($"checkpoint {experiment} {version}");
        }
    }
}
