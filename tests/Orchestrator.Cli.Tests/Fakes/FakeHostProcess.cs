using Orchestrator.Cli.Local;

namespace Orchestrator.Cli.Tests.Fakes;

/// <summary>A process that ends when it is asked to, or when a test says so.</summary>
internal sealed class FakeHostProcess(HostCommand command, int id) : IHostProcess
{
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostCommand Command => command;

    public int Id { get; set; } = id;

    public Task<string?> FirstLine => _firstLine.Task;

    public Task<int> Exited => _exited.Task;

    public bool WasKilled { get; private set; }

    public void Say(string line) => _firstLine.TrySetResult(line);

    public void End(int code)
    {
        _firstLine.TrySetResult(null);
        _exited.TrySetResult(code);
    }

    public void RequestEnd() => End(0);

    public void Kill()
    {
        WasKilled = !_exited.Task.IsCompleted;
        End(137);
    }

    public void Dispose()
    {
    }
}
