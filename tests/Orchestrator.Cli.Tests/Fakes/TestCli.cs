using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Cli.Tests.Fakes;

/// <summary>The command line in this process: its streams, signals and hosts are a test's.</summary>
internal sealed class TestCli : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    /// <param name="typed">What a person types; null: nobody is there.</param>
    public TestCli(string? typed = null)
    {
        Context = new CliContext(
            new Terminal(TextWriter.Synchronized(_output), TextWriter.Synchronized(_error), isInteractive: false, typed is null ? null : new StringReader(typed)),
            TimeProvider.System, Interrupts, Launcher, TimeProvider.System.GetTimestamp());
    }

    public CliContext Context { get; }

    public Interrupts Interrupts { get; } = new();

    public FakeLauncher Launcher { get; } = new();

    public TemporaryFolder Folder { get; } = new();

    public string StatePath => Folder.At("state");

    public string Output => _output.ToString().ReplaceLineEndings("\n");

    public string Error => _error.ToString().ReplaceLineEndings("\n");

    public Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync([.. arguments, "--state", StatePath], Context).WaitAsync(FakeCoordinator.Patience);

    /// <summary>Makes the launcher's coordinators answer at a fake one.</summary>
    public void LaunchCoordinatorsAt(FakeCoordinator coordinator, Action<FakeHostProcess>? onGenerate = null) => Launcher.OnStart = process =>
    {
        if (process.Command.Name == "generate") onGenerate?.Invoke(process);
        if (process.Command.Name != "coordinator") return;
        process.Id = Environment.ProcessId;
        File.WriteAllText(
            Path.Combine(StatePath, "coordinator.json"),
            $$"""{"pid":{{process.Id}},"http":"{{coordinator.Address}}","grpc":"{{coordinator.Address}}","version":"test"}""");
        process.Say("ready");
    };

    public void Dispose()
    {
        Interrupts.Dispose();
        Folder.Dispose();
    }
}
