using Orchestrator.Domain.Errors;

namespace Orchestrator.ServiceDefaults.Files;

/// <summary>
/// What small files say, read again when they change: certificates are rotated and tokens revoked while a host runs. Contents are compared, not
/// times: a mounted secret is a link whose own time never changes. Thread-safe.
/// </summary>
/// <typeparam name="T">What they say.</typeparam>
public sealed class Reread<T> where T : class
{
    /// <summary>The longest time until a change is seen.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private const int MaxBytes = 4 << 20;

    private readonly IReadOnlyList<string> _paths;
    private readonly Func<IReadOnlyList<byte[]>, T> _parse;
    private readonly TimeProvider _time;
    private readonly Action<string>? _faulty;
    private readonly Lock _reading = new();
    private IReadOnlyList<byte[]> _contents;
    private long _looked;
    private volatile T _current;

    /// <summary>Reads the files for the first time.</summary>
    /// <param name="paths">The files, which belong together.</param>
    /// <param name="parse">Makes sense of their contents, in the same order; throws where there is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="faulty">Told what is wrong with files that have changed and can't be used; what they said before counts on.</param>
    /// <exception cref="OrchestratorException">They can't be read, or say nothing that can be used.</exception>
    public Reread(IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, T> parse, TimeProvider time, Action<string>? faulty = null)
    {
        (_paths, _parse, _time, _faulty) = (paths, parse, time, faulty);
        (_looked, _contents) = (time.GetTimestamp(), ReadAll());
        _current = Parse(_contents);
    }

    /// <summary>What the files say now, or said at most <see cref="Interval"/> ago.</summary>
    public T Current
    {
        get
        {
            if (_time.GetElapsedTime(Volatile.Read(ref _looked)) >= Interval && _reading.TryEnter())
            {
                try
                {
                    Refresh();
                }
                finally
                {
                    _reading.Exit();
                }
            }
            return _current;
        }
    }

    private void Refresh()
    {
        Volatile.Write(ref _looked, _time.GetTimestamp());
        try
        {
            var contents = ReadAll();
            if (contents.Zip(_contents).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))) return;
            _contents = contents; // also where they are faulty: one complaint for each change
            _current = Parse(contents);
        }
        catch (OrchestratorException exception)
        {
            _faulty?.Invoke(exception.Message);
        }
    }

    private T Parse(IReadOnlyList<byte[]> contents)
    {
        try
        {
            return _parse(contents);
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or ArgumentException or FormatException)
        {
            throw new OrchestratorException("files.unusable", $"{string.Join(" and ", _paths)} can't be used: {exception.Message}", exception);
        }
    }

    private IReadOnlyList<byte[]> ReadAll() => [.. _paths.Select(Read)];

    private static byte[] Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes }) throw new IOException($"it has more than {MaxBytes} bytes");
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OrchestratorException("files.unreadable", $"{path} can't be read: {exception.Message.TrimEnd('.')}; check the path and its permissions.", exception);
        }
    }
}
