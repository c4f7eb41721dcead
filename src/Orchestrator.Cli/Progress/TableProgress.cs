using Orchestrator.Protocol;
using Spectre.Console;

namespace Orchestrator.Cli.Progress;

/// <summary>A table of trials in the terminal, redrawn a few times a second.</summary>
internal sealed class TableProgress : IProgressDisplay
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(250);
    private const int MaxNotes = 3;

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _lock = new();
    private readonly Queue<string> _notes = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _drawing;
    private ExperimentView? _view;

    /// <summary>Draws on <paramref name="console"/> from now on.</summary>
    public TableProgress(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _time = time;
        _start = time.GetTimestamp();
        _drawing = console.Live(new Text("Starting...")).StartAsync(DrawAsync);
    }

    /// <inheritdoc/>
    public void Show(ExperimentView view, IReadOnlyCollection<Trial> changed)
    {
        lock (_lock) _view = view.Copy();
    }

    /// <inheritdoc/>
    public void Note(string message)
    {
        lock (_lock)
        {
            _notes.Enqueue(message);
            if (_notes.Count > MaxNotes) _notes.Dequeue();
        }
    }

    /// <inheritdoc/>
    public void HostStarted(string name, int processId)
    {
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _drawing;
    }

    private async Task DrawAsync(LiveDisplayContext context)
    {
        while (!_ending.IsCancellationRequested)
        {
            Draw(context);
            await Task.Delay(RedrawInterval, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Draw(context);
    }

    private void Draw(LiveDisplayContext context)
    {
        ExperimentView? view;
        string[] notes;
        lock (_lock)
        {
            view = _view;
            notes = [.. _notes];
        }
        context.UpdateTarget(TrialTable.Render(view, notes, _time.GetElapsedTime(_start), _console.Profile));
    }
}
