namespace Orchestrator.Cli.Local;

/// <summary>Keeps one host running: starts it again when it dies, within the bounds of a policy, until it is disposed.</summary>
internal sealed class SupervisedHost : IAsyncDisposable
{
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(10);

    private readonly IHostLauncher _launcher;
    private readonly RestartPolicy _policy;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task<int?> _supervision;
    private volatile HostCommand _command;
    private volatile IHostProcess _process;

    /// <summary>Starts the host.</summary>
    /// <param name="launcher">Starts processes.</param>
    /// <param name="command">The first start.</param>
    /// <param name="policy">When to give up.</param>
    /// <param name="time">The clock of the delays.</param>
    /// <param name="tell">Told of each death and restart, in one line.</param>
    public SupervisedHost(IHostLauncher launcher, HostCommand command, RestartPolicy policy, TimeProvider time, Action<string> tell)
    {
        _launcher = launcher;
        _policy = policy;
        _time = time;
        _tell = tell;
        _command = command;
        _process = launcher.Start(command);
        _supervision = SuperviseAsync();
    }

    /// <summary>The process that runs now, or ran last.</summary>
    public IHostProcess Process => _process;

    /// <summary>How the host is started from now on.</summary>
    public HostCommand Command
    {
        get => _command;
        set => _command = value;
    }

    /// <summary>Ends with the last exit code when the host died too often, and with null when it was disposed.</summary>
    public Task<int?> GaveUp => _supervision;

    /// <summary>Asks the host to end and does not start it again; <see cref="DisposeAsync"/> waits for it.</summary>
    public void RequestEnd()
    {
        _ending.Cancel();
        _process.RequestEnd();
    }

    /// <summary>Ends the host at once and does not start it again.</summary>
    public void Kill()
    {
        _ending.Cancel();
        _process.Kill();
    }

    /// <summary>Ends the host: kindly, and after a grace by force.</summary>
    public async ValueTask DisposeAsync()
    {
        RequestEnd();
        await ((Task)_supervision).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // A failed restart was GaveUp's to tell.
        var process = _process;
        process.RequestEnd();
        try
        {
            await process.Exited.WaitAsync(EndGrace, _time);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await process.Exited;
        }
        process.Dispose();
        _ending.Dispose();
    }

    private async Task<int?> SuperviseAsync()
    {
        var restarts = new List<DateTimeOffset>();
        while (true)
        {
            var exited = _process.Exited;
            await ((Task)exited.WaitAsync(_ending.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ending.IsCancellationRequested) return null;
            var code = await exited;
            if (_policy.NextDelay(restarts, _time.GetUtcNow()) is not { } delay) return code;
            _tell($"{_command.Name} ended with exit code {code}; starting it again");
            await Task.Delay(delay, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ending.IsCancellationRequested) return null;
            restarts.Add(_time.GetUtcNow());
            _process.Dispose();
            _process = _launcher.Start(_command);
        }
    }
}
