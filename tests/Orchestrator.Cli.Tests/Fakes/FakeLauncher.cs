using Orchestrator.Cli.Local;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Cli.Tests.Fakes;

/// <summary>Starts processes that a test ends by hand.</summary>
internal sealed class FakeLauncher : IHostLauncher
{
    private readonly Lock _lock = new();
    private readonly List<FakeHostProcess> _started = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called for every start, for instance to write what the process would write.</summary>
    public Action<FakeHostProcess> OnStart { get; set; } = _ => { };

    public IReadOnlyList<FakeHostProcess> Started
    {
        get
        {
            lock (_lock) return [.. _started];
        }
    }

    public IHostProcess Start(HostCommand command)
    {
        TaskCompletionSource changed;
        FakeHostProcess process;
        lock (_lock)
        {
            process = new FakeHostProcess(command, 1000 + _started.Count);
            _started.Add(process);
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        OnStart(process);
        changed.SetResult();
        return process;
    }

    /// <summary>Waits until so many processes have been started.</summary>
    public async Task<FakeHostProcess> StartedAsync(int count)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_started.Count >= count) return _started[count - 1];
                changed = _changed.Task;
            }
            await changed.WaitAsync(FakeCoordinator.Patience);
        }
    }

    /// <summary>Moves the clock on until so many processes have been started.</summary>
    public async Task<FakeHostProcess> RestartedAsync(FakeTimeProvider time, int count)
    {
        var started = StartedAsync(count);
        while (!started.IsCompleted)
        {
            if (time.ArmedTimers > 0) time.Advance(RestartPolicy.Default.MaxDelay);
            await Task.Yield();
        }
        return await started;
    }
}
