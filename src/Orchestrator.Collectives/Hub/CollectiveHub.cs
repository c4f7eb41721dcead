using Grpc.Core;

namespace Orchestrator.Collectives.Hub;

/// <summary>Leads the streams that come in from other ranks to this worker's groups. One for each worker process.</summary>
/// <param name="time">Measures how long an early stream waits.</param>
public sealed class CollectiveHub(TimeProvider time)
{
    /// <summary>Streams that may wait for their group at once; more are refused.</summary>
    private const int MaxWaiting = 1024;

    /// <summary>Names of ended groups that are remembered, to refuse stragglers at once.</summary>
    private const int MaxRemembered = 4096;

    /// <summary>How long a stream waits for its group to be formed here.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource<HubGroup>> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _endedInOrder = new();
    private int _waiting;

    /// <summary>Makes a group reachable, and lets in the streams that wait for it.</summary>
    /// <exception cref="CollectiveException">The name is or was in use.</exception>
    internal void Add(HubGroup group)
    {
        lock (_gate)
        {
            if (_ended.Contains(group.Name))
                throw new CollectiveException(CollectiveErrorCode.Mismatch, $"Process group '{group.Name}' has ended on this worker; give each generation its own name.");
            if (!Entry(group.Name).TrySetResult(group))
                throw new CollectiveException(CollectiveErrorCode.Mismatch, $"Process group '{group.Name}' exists on this worker; give each worker one rank of a group.");
        }
    }

    /// <summary>Forgets a group; streams that still ask for it are refused.</summary>
    internal void Remove(HubGroup group)
    {
        lock (_gate)
        {
            _groups.Remove(group.Name);
            if (!_ended.Add(group.Name))
                return;
            _endedInOrder.Enqueue(group.Name);
            if (_endedInOrder.Count > MaxRemembered)
                _ended.Remove(_endedInOrder.Dequeue());
        }
    }

    /// <summary>Finds a group, waiting for it if its stream came first.</summary>
    /// <exception cref="RpcException">The group has ended, does not come, or too many wait already.</exception>
    internal async Task<HubGroup> FindAsync(string name, CancellationToken cancellationToken)
    {
        Task<HubGroup> group;
        lock (_gate)
        {
            if (_ended.Contains(name))
                throw new RpcException(new(StatusCode.FailedPrecondition, $"Process group '{name}' has ended on this worker; form a new generation."));
            if (_groups.TryGetValue(name, out var entry) && entry.Task.IsCompleted)
                return entry.Task.Result;
            if (name.Length is 0 or > ProcessGroupOptions.MaxNameLength)
                throw new RpcException(new(StatusCode.InvalidArgument, $"The name of a process group has 1 to {ProcessGroupOptions.MaxNameLength} characters."));
            if (_waiting >= MaxWaiting)
                throw new RpcException(new(StatusCode.ResourceExhausted, $"{MaxWaiting} streams wait for their process groups on this worker already; try again later."));
            _waiting++;
            group = Entry(name).Task;
        }
        return await WaitAsync(name, group, cancellationToken);
    }

    private async Task<HubGroup> WaitAsync(string name, Task<HubGroup> group, CancellationToken cancellationToken)
    {
        try
        {
            return await group.WaitAsync(WaitLimit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"Process group '{name}' was not formed on this worker within {WaitLimit.TotalSeconds} s."));
        }
        finally
        {
            lock (_gate)
            {
                _waiting--;
                // Names that never became groups must not pile up.
                if (_waiting == 0)
                {
                    foreach (var (abandoned, entry) in _groups)
                    {
                        if (!entry.Task.IsCompleted)
                            _groups.Remove(abandoned);
                    }
                }
            }
        }
    }

    private TaskCompletionSource<HubGroup> Entry(string name)
    {
        if (!_groups.TryGetValue(name, out var entry))
            _groups[name] = entry = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return entry;
    }
}
