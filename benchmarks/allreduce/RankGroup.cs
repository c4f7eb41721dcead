using System.Diagnostics;

namespace Orchestrator.AllReduce.Benchmarks;

/// <summary>The rank processes of one system under measurement.</summary>
/// <remarks>
/// Dialogue: a rank says where it is, is told where all ranks are, and then answers each "bytes calls" with its median of seconds per
/// all-reduce, and the seconds of processor time and the managed bytes allocated per all-reduce and barrier.
/// </remarks>
internal sealed class RankGroup : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly Process[] _ranks;

    private RankGroup(Process[] ranks) => _ranks = ranks;

    public static async Task<RankGroup> StartOursAsync(string system, int worldSize)
    {
        var group = new RankGroup([.. Enumerable.Range(0, worldSize).Select(rank => Start(Environment.ProcessPath!, "rank", system, rank.ToString()))]);
        await group.TellAsync(string.Join(' ', await group.HearAsync()));
        return group;
    }

    public static async Task<RankGroup> StartPyTorchAsync(int worldSize)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "pytorch_rank.py");
        var group = new RankGroup([.. Enumerable.Range(0, worldSize).Select(rank => Start("/usr/bin/python3", script, rank.ToString(), worldSize.ToString()))]);
        await group.HearAsync();
        await group.TellAsync(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        return group;
    }

    public async Task<(double Seconds, double ProcessorSeconds, double AllocatedBytes)> MeasureAsync(long bytes, int calls)
    {
        await TellAsync($"{bytes} {calls}");
        var answers = (await HearAsync()).Select(answer => answer.Split(' ').Select(double.Parse).ToArray()).ToArray();
        return (answers.Max(answer => answer[0]), answers.Sum(answer => answer[1]), answers.Max(answer => answer[2]));
    }

    public void Dispose()
    {
        foreach (var rank in _ranks)
        {
            rank.Kill();
            rank.Dispose();
        }
    }

    private async Task TellAsync(string line)
    {
        foreach (var rank in _ranks)
            await rank.StandardInput.WriteLineAsync(line);
    }

    private Task<string[]> HearAsync() => Task.WhenAll(_ranks.Select(async rank =>
        await rank.StandardOutput.ReadLineAsync().WaitAsync(Limit) ?? throw new InvalidOperationException("A rank ended early; see its error above.")));

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
