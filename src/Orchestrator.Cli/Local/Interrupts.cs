using System.Runtime.InteropServices;

namespace Orchestrator.Cli.Local;

/// <summary>Ctrl-C and the signals that ask a process to end: the first asks, the second insists.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _insisted = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>After the first signal.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>After the second.</summary>
    public CancellationToken Insisted => _insisted.Token;

    /// <summary>Takes the process's signals over.</summary>
    public static Interrupts OfProcess()
    {
        var interrupts = new Interrupts();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            interrupts._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interrupts.Raise();
            }));
        }
        return interrupts;
    }

    /// <summary>What a signal does.</summary>
    public void Raise()
    {
        if (_asked.IsCancellationRequested) _insisted.Cancel();
        else _asked.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _asked.Dispose();
        _insisted.Dispose();
    }
}
