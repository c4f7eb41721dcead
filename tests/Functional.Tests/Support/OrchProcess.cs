using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Orchestrator.Functional.Tests.Support;

/// <summary>The program as a user starts it. Killed with all its hosts when disposed.</summary>
public sealed class OrchProcess : IAsyncDisposable
{
    /// <summary>For any single wait, on a machine with other things to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Orchestrator.Cli/release"));

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task _reading;
    private readonly Lock _lock = new();
    private readonly List<string> _errorLines = [];
    private readonly List<JsonNode> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    private OrchProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _reading = ReadErrorAsync(process.StandardError);
    }

    public int Id => _process.Id;

    /// <summary>Standard error so far: lines that are no JSON.</summary>
    public string Error
    {
        get
        {
            lock (_lock) return string.Join('\n', _errorLines);
        }
    }

    /// <summary>Progress so far: lines of standard error that are JSON.</summary>
    public IReadOnlyList<JsonNode> Events
    {
        get
        {
            lock (_lock) return [.. _events];
        }
    }

    /// <summary>Process ids of every coordinator and worker that was started.</summary>
    public IEnumerable<int> Hosts => Events.Where(e => (string?)e["event"] == "host").Select(e => (int)e["pid"]!);

    /// <summary>Whether the program was built against the upstream packages.</summary>
    public static bool IsUpstream => File.Exists(Path.Combine(Folder, "Orleans.Core.dll"));

    public static OrchProcess Start(params string[] arguments) => new(Process.Start(StartInfo(arguments))!);

    /// <summary>Starts it with further variables in its environment.</summary>
    public static OrchProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) => new(Process.Start(StartInfo(arguments, environment))!);

    /// <summary>How the program is started, whatever the environment of the tests says.</summary>
    public static ProcessStartInfo StartInfo(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A shell that starts the tests in the background ignores Ctrl-C for them, and what is ignored stays so in all that they start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(Folder, "orch.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in (string[])["ORCH_STATE", "ORCH_COORDINATOR", "ORCH_METADATA", "ORCH_TOKEN", "ORCH_TOKEN_FILE", "ORCH_CA", "OTEL_EXPORTER_OTLP_ENDPOINT"]) start.Environment.Remove(name);
        // Processes of some seconds never earn back what it takes to measure how they might be compiled better, a quarter of their processor time; nor to
        // compile again, for speed, what they call some dozens of times, a third of the rest. (Hexadecimal. Loops of trainings call more often.)
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountThreshold"] = "1000";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal)) start.Environment[name] = value;
        return start;
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<OrchResult> RunAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for an event of the progress, from the beginning on.</summary>
    public async Task<JsonNode> EventAsync(Func<JsonNode, bool> predicate)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_events.Find(e => predicate(e)) is { } found) return found;
                Assert.False(_ended, $"orch ended without the event. Standard error:\n{string.Join('\n', _errorLines)}");
                changed = _changed.Task;
            }
            await changed.WaitAsync(Patience);
        }
    }

    /// <summary>Waits until a trial has ended so many epochs.</summary>
    public Task<JsonNode> EpochAsync(int trial, int epoch) =>
        EventAsync(e => (string?)e["event"] == "trial" && (int)e["number"]! == trial && (int)e["epoch"]! >= epoch);

    /// <summary>The newest process of a host.</summary>
    public int HostId(string name) => (int)Events.Last(e => (string?)e["event"] == "host" && (string?)e["name"] == name)["pid"]!;

    /// <summary>Waits for the end.</summary>
    public async Task<OrchResult> EndAsync()
    {
        var output = await _output.WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        return new OrchResult(_process.ExitCode, output, Error, Events);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        foreach (var host in Hosts) Signals.Send(host, "KILL");
        _process.Dispose();
    }

    private async Task ReadErrorAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line) Add(line);
        Add(null);
    }

    private void Add(string? line)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (line is null) _ended = true;
            else if (line.StartsWith('{')) _events.Add(JsonNode.Parse(line)!);
            else _errorLines.Add(line);
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        changed.SetResult();
    }
}
