using System.Diagnostics;

namespace Orchestrator.Cli.Local;

/// <summary>A host as a child process. Its standard input is held open: when this process ends, however it ends, so does the host.</summary>
internal sealed class DotnetHostProcess : IHostProcess
{
    private readonly Process _process;

    /// <summary>Takes a process that was started with its input and output redirected.</summary>
    public DotnetHostProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        FirstLine = ReadFirstLineAsync(process.StandardOutput);
        Exited = WaitAsync(process);
    }

    /// <inheritdoc/>
    public int Id { get; }

    /// <inheritdoc/>
    public Task<string?> FirstLine { get; }

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    /// <inheritdoc/>
    public void RequestEnd()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has ended, which is what was asked for, and may be disposed already, to be started again.
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended, which is what was asked for.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static async Task<int> WaitAsync(Process process)
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task<string?> ReadFirstLineAsync(StreamReader output)
    {
        var line = await output.ReadLineAsync();
        _ = DrainAsync(output); // A host that says more must not block on a full pipe.
        return line;
    }

    private static async Task DrainAsync(StreamReader output)
    {
        var buffer = new char[1024];
        try
        {
            while (await output.ReadAsync(buffer) > 0) { }
        }
        catch (ObjectDisposedException)
        {
            // The process was disposed with output unread: nobody wants it.
        }
    }
}
