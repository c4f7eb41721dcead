using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Files;

namespace Orchestrator.Worker.Attempts;

/// <summary>
/// Copies the files of a folder to a bucket as they come and grow, in the background, and once more when it is disposed; then the folder is deleted. What
/// can't be copied costs nothing but that: it is logged and tried again.
/// </summary>
internal sealed partial class FolderMirror(string folder, BucketFiles bucket, TimeProvider time, ILogger logger) : IDisposable
{
    private const long Mebibyte = 1 << 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<string, Copy> _copies = new(StringComparer.Ordinal);
    private Task _copying = Task.CompletedTask;
    private bool _failing;

    /// <summary>Begins.</summary>
    /// <param name="first">What is done first, in the background as well.</param>
    public void Start(Action first) => _copying = Task.Run(() => CopyAsync(first));

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        if (_copying.Wait(LastPatience)) _ending.Dispose();
        else LogLost(folder, LastPatience.TotalSeconds);
    }

    private async Task CopyAsync(Action first)
    {
        Try(first);
        using var ticks = new PeriodicTimer(Every, time);
        while (!_ending.IsCancellationRequested)
        {
            Try(() => CopyChanged(all: false));
            await WaitAsync(ticks);
        }
        Try(() => CopyChanged(all: true));
        Try(() => Directory.Delete(folder, recursive: true));
    }

    private async Task WaitAsync(PeriodicTimer ticks)
    {
        try
        {
            await ticks.WaitForNextTickAsync(_ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The last copy follows.
        }
    }

    private void CopyChanged(bool all)
    {
        var now = time.GetUtcNow();
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).ToDictionary(NameOf, StringComparer.Ordinal);
        foreach (var (name, file) in files)
        {
            var copy = new Copy(file.Length, file.LastWriteTimeUtc, now + (Every * (file.Length / Mebibyte)));
            if (_copies.TryGetValue(name, out var last) && ((last.Bytes, last.WrittenAt) == (copy.Bytes, copy.WrittenAt) || (!all && now < last.NotBefore))) continue;
            bucket.Put(name, file.FullName);
            _copies[name] = copy;
        }
        var gone = _copies.Keys.Except(files.Keys, StringComparer.Ordinal).ToList();
        bucket.Delete(gone);
        foreach (var name in gone) _copies.Remove(name);
        _failing = false;
    }

    private string NameOf(FileInfo file) => Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/');

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is CheckpointException or IOException or UnauthorizedAccessException)
        {
            // Once until it works again: this log is among what can't be copied.
            if (!_failing) LogFailing(exception.Message);
            _failing = true;
        }
    }

    [LoggerMessage(EventId = 2130, Level = LogLevel.Warning, Message = "Logs and artifacts can't be copied to the bucket, and are tried again: {Reason}")]
    private partial void LogFailing(string reason);

    [LoggerMessage(EventId = 2131, Level = LogLevel.Warning, Message = "The last logs and artifacts of an attempt were not copied from {Folder} within {Seconds} s")]
    private partial void LogLost(string folder, double seconds);

    /// <summary>What was copied of a file.</summary>
    /// <param name="Bytes">Its size then.</param>
    /// <param name="WrittenAt">When it had been written last.</param>
    /// <param name="NotBefore">When it is copied again at the earliest: a large file, which is copied whole, not as often.</param>
    private sealed record Copy(long Bytes, DateTime WrittenAt, DateTimeOffset NotBefore);
}
