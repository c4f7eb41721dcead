using System.Diagnostics;
using System.Globalization;

namespace Grpc.Tests.Interop;

/// <summary>A script in Debian's Python, with its python3-grpcio: the other implementation.</summary>
internal sealed class Python : IAsyncDisposable
{
    private const string Interpreter = "/usr/bin/python3";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private Python(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Interop", script));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <value>Why Python can't be used here; null when it can.</value>
    public static string? Missing { get; } = FindMissing();

    public static async Task RunClientAsync(string scenario, string address)
    {
        await using var python = new Python("client.py", scenario, new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
        await python._process.WaitForExitAsync().WaitAsync(GrpcHost.Patience * 3);
        Assert.True(python._process.ExitCode == 0, await python._errors);
    }

    public static async Task<(Python Server, string Address)> StartServerAsync()
    {
        var python = new Python("server.py");
        var port = await python._process.StandardOutput.ReadLineAsync().WaitAsync(GrpcHost.Patience);
        return (python, port is null ? throw new InvalidOperationException(await python._errors) : $"http://127.0.0.1:{port}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(GrpcHost.Patience);
        _process.Dispose();
    }

    private static string? FindMissing()
    {
        if (!File.Exists(Interpreter)) return $"No {Interpreter}.";
        using var probe = Process.Start(new ProcessStartInfo(Interpreter, ["-c", "import grpc"]) { UseShellExecute = false, RedirectStandardError = true })!;
        probe.StandardError.ReadToEnd();
        probe.WaitForExit();
        return probe.ExitCode == 0 ? null : "No python3-grpcio.";
    }
}
