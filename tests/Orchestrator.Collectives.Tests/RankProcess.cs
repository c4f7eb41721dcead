using System.Diagnostics;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Collectives.Tests;

/// <summary>A rank in a process of its own, which all-reduces until its group fails, and then says how.</summary>
public sealed class RankProcess : IDisposable
{
    private readonly Process _process;

    private RankProcess(Process process) => _process = process;

    public static async Task<RankProcess[]> StartGroupAsync(CollectiveKind kind, int worldSize)
    {
        var ranks = Enumerable.Range(0, worldSize).Select(rank => Start(kind, rank)).ToArray();
        var peers = await Task.WhenAll(ranks.Select(rank => rank.ReadAsync()));
        foreach (var rank in ranks)
            await rank._process.StandardInput.WriteLineAsync(string.Join(' ', peers));
        return ranks;
    }

    public async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(TestRanks.Limit) ?? throw new InvalidOperationException("The rank's process ended without a word.");

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static RankProcess Start(CollectiveKind kind, int rank)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Orchestrator.Collectives.Tests");
        return new(Process.Start(new ProcessStartInfo(program, [kind.ToString(), rank.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }
}
