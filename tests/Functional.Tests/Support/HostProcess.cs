using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Orchestrator.Functional.Tests.Support;

/// <summary>A coordinator or worker as an operator starts it, outside any <c>orch run</c>. Killed when disposed.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Task<string> _output;

    private HostProcess(Process process, string firstLine)
    {
        _process = process;
        FirstLine = firstLine;
        _error = process.StandardError.ReadToEndAsync();
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>What it said when it was ready.</summary>
    public string FirstLine { get; }

    /// <summary>Where a coordinator answers gRPC.</summary>
    public string Grpc => GrpcAddress().Match(FirstLine) is { Success: true } match ? match.Value : throw new InvalidOperationException($"'{FirstLine}' names no gRPC address.");

    public int Id => _process.Id;

    /// <summary>Where it answers HTTP.</summary>
    public string Http => HttpOf(FirstLine) ?? throw new InvalidOperationException($"'{FirstLine}' names no HTTP address.");

    /// <summary>Where a host that said this answers HTTP; null: the line does not say.</summary>
    public static string? HttpOf(string line) => HttpAddress().Match(line) is { Success: true } match ? match.Value : null;

    /// <summary>Starts it and waits until it is ready.</summary>
    public static Task<HostProcess> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Starts it with further variables in its environment.</summary>
    public static async Task<HostProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = Process.Start(OrchProcess.StartInfo([.. arguments, "--exit-with-parent"], environment))!;
        if (await process.StandardOutput.ReadLineAsync().WaitAsync(OrchProcess.Patience) is { } line) return new HostProcess(process, line);
        Assert.Fail($"orch {string.Join(' ', arguments)} did not start: {await process.StandardError.ReadToEndAsync()}");
        return null!;
    }

    /// <summary>As a crash: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Kills it and gives its standard error.</summary>
    public async Task<string> KillAndReadErrorAsync()
    {
        Kill();
        return await _error.WaitAsync(OrchProcess.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(OrchProcess.Patience);
        await Task.WhenAll(_error, _output).WaitAsync(OrchProcess.Patience);
        _process.Dispose();
    }

    [GeneratedRegex(@"(?<=http=)\S+")]
    private static partial Regex HttpAddress();

    [GeneratedRegex(@"(?<=grpc=)\S+")]
    private static partial Regex GrpcAddress();
}
