using System.Diagnostics;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Storage.Sqlite.Tests.Durability;

public sealed class KillTests : IDisposable
{
    private const int AcknowledgementsBeforeKill = 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_ProcessKilledWhileWriting_KeepsEverythingAcknowledged()
    {
        var path = _folder.At("orch.db");

        var acknowledged = await RunUntilKilled(path);

        await AssertAllThere(path, acknowledged);
    }

    private static async Task<List<string[]>> RunUntilKilled(string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(Appender).Assembly.Location, path]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var lines = new List<string[]>();
        try
        {
            while (lines.Count < AcknowledgementsBeforeKill && await process.StandardOutput.ReadLineAsync(patience.Token) is { } line) lines.Add(line.Split(' '));
        }
        finally
        {
            process.Kill(); // SIGKILL
        }
        // What was still in the pipe was acknowledged too, but for a last line cut short.
        var rest = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        lines.AddRange(rest.Split('\n')[..^1].Select(line => line.Split(' ')));
        Assert.True(lines.Count >= AcknowledgementsBeforeKill, $"The process ended by itself after {lines.Count} acknowledgements.");
        return lines;
    }

    private static async Task AssertAllThere(string path, List<string[]> acknowledged)
    {
        using var store = SqliteStore.Open(path);
        for (var number = 0; number < Appender.Experiments; number++)
        {
            var experiment = Appender.Name(number);
            var sequences = new List<long>();
            await foreach (var (version, item) in store.Journal.ReadAsync(experiment, 0, default))
            {
                Assert.Equal(version, ((TrialReported)item).Sequence);
                sequences.Add(version);
            }
            Assert.Equal(0, sequences.Count % 3); // batches of three, each whole or not at all
            Assert.InRange(Newest("journal", experiment, acknowledged), 3, sequences.Count);
            var registered = await store.Checkpoints.ListAsync(new TrialId(experiment, 1), default);
            Assert.InRange(Newest("checkpoint", experiment, acknowledged), 3, registered[0].Step);
            Assert.Equal(registered[0].Step / 3, registered.Count);
        }
    }

    private static long Newest(string kind, ExperimentId experiment, List<string[]> acknowledged) =>
        acknowledged.Where(line => line[0] == kind && line[1] == experiment.Value).Max(line => long.Parse(line[2]));
}
