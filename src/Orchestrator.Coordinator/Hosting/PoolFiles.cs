using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;
using Orchestrator.Specs;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>Reads the pool file that a coordinator is started with.</summary>
internal static class PoolFiles
{
    private const int MaxErrors = 20;

    /// <summary>The pool; one without declared queues where there is no file.</summary>
    /// <exception cref="OrchestratorException">The file can't be read, or has faults: all of them are named.</exception>
    public static PoolSpec Read(string? path)
    {
        if (path is null) return new PoolSpec();
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OrchestratorException("coordinator.pool_file", $"--pool {path} can't be read: {exception.Message}", exception);
        }
        var (pool, errors) = PoolFile.Parse(text);
        return pool ?? throw new OrchestratorException("coordinator.pool_file", string.Join('\n', errors.Take(MaxErrors).Select(e => $"{path}:{e.Line}:{e.Column}: {e.Message}")));
    }

    /// <summary>The pool with the most workers of each kind that there can be, where the file does not say and it is known.</summary>
    /// <param name="pool">As the file says.</param>
    /// <param name="workers">The most workers, by kind; null: unknown.</param>
    public static PoolSpec WithCapacity(PoolSpec pool, IReadOnlyDictionary<string, int>? workers)
    {
        if (workers is null || pool.Capacity.Count > 0) return pool;
        return pool with { Capacity = workers.ToDictionary(w => Enum.Parse<DeviceKind>(w.Key, ignoreCase: true), w => w.Value) };
    }
}
