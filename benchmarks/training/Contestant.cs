using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Training.Benchmarks;

/// <summary>One way to train the same model: a program, started once per rank.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="Ranks">How many processes.</param>
/// <param name="Command">The command line of a rank, given the ports.</param>
internal sealed record Contestant(string Name, int Ranks, Func<int, IReadOnlyList<int>, IReadOnlyList<string>> Command)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <summary>The engine.</summary>
    internal static Contestant Engine(string data, int ranks, CollectiveKind kind, int epochs, int batchSize, string precision = "float32") => new(
        ranks > 1 ? $"engine {kind}" : precision == "float32" ? "engine" : $"engine {precision}",
        ranks,
        (rank, ports) => [Path.Combine(AppContext.BaseDirectory, typeof(Contestant).Assembly.GetName().Name!), .. new RankArguments(data, rank, ports, kind, epochs, batchSize, precision).ToWords()]);

    /// <summary>PyTorch on the same libtorch, with DistributedDataParallel over Gloo for more than one rank.</summary>
    internal static Contestant PyTorch(string data, int ranks, int epochs, int batchSize) => new(
        ranks == 1 ? "pytorch" : "pytorch ddp",
        ranks,
        (rank, ports) => ["/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "peer.py"), data, $"{rank}", $"{ranks}", $"{ports[0]}", $"{epochs}", $"{batchSize}"]);

    /// <summary>Runs it once.</summary>
    /// <returns>Of each measured epoch, samples per second and, of the engine, the share of the time that steps waited for data.</returns>
    internal IReadOnlyList<(double Speed, double? Waiting)> Run()
    {
        var ports = FreePorts();
        var ranks = Enumerable.Range(0, Ranks).Select(rank => Start(Command(rank, ports))).ToList();
        try
        {
            var lines = ranks[0].StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var rank in ranks)
            {
                if (!rank.WaitForExit(Timeout) || rank.ExitCode != 0)
                    throw new InvalidOperationException($"{Name} failed.");
            }

            return [.. lines.Select(Parse)];
        }
        finally
        {
            foreach (var rank in ranks)
            {
                if (!rank.HasExited)
                    rank.Kill();
                rank.Dispose();
            }
        }
    }

    private static (double Speed, double? Waiting) Parse(string line)
    {
        var words = line.Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), words.Length > 1 ? double.Parse(words[1], CultureInfo.InvariantCulture) : null);
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    private int[] FreePorts()
    {
        var listeners = Enumerable.Range(0, Ranks).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
