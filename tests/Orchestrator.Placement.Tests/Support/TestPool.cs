using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement.Tests.Support;

/// <summary>A pool with a clock, whose experiments take every gang that they are offered.</summary>
internal sealed class TestPool(PoolSettings settings)
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<AttemptId, Gang> _running = [];
    private int _trials;

    public TestPool(params QueueSpec[] queues)
        : this(new PoolSettings(TimeSpan.FromSeconds(10)) { Queues = queues })
    {
    }

    public DateTimeOffset Now { get; private set; } = Start;

    public Pool Pool { get; } = new(settings, Start);

    public IReadOnlyDictionary<AttemptId, Gang> Running => _running;

    public void Advance(TimeSpan time) => Now += time;

    /// <summary>Adds workers named HOST-0, HOST-1 ... to a host, or by another stem than HOST.</summary>
    public TestPool Host(string host, int workers, string rack = "", string zone = "", string? deviceId = null, DeviceKind kind = DeviceKind.Cuda, long memory = 0, bool hasOwnMemory = false, string? stem = null)
    {
        for (var i = 0; i < workers; i++)
            Pool.Seen(new WorkerOffer(new($"{stem ?? host}-{i}"), host, kind) { Rack = rack, Zone = zone, DeviceId = deviceId ?? "", Memory = memory, MemoryOf = hasOwnMemory ? $"{i}" : "" }, null, Now);
        return this;
    }

    public void Want(string experiment, int gangs, int worldSize = 1, string queue = QueueSpec.Default, int priority = 0) =>
        Want(experiment, new Demand(gangs, worldSize, DeviceKind.Cuda) { Queue = queue, Priority = priority });

    public void Want(string experiment, Demand demand) => Pool.SetDemand(new(experiment), demand, Now);

    /// <summary>Forms and takes all gangs that there are now; gives the attempts.</summary>
    public List<AttemptId> Place()
    {
        List<AttemptId> placed = [];
        while (Pool.FormGang(Now) is { } gang)
        {
            var attempt = new AttemptId(new(gang.Experiment, ++_trials), 1);
            Pool.Accept(gang, attempt, Now);
            _running.Add(attempt, gang);
            placed.Add(attempt);
        }
        return placed;
    }

    /// <summary>An attempt ends on all its workers.</summary>
    public void End(AttemptId attempt)
    {
        if (!_running.Remove(attempt, out var gang)) return;
        foreach (var worker in gang.Workers) Pool.Release(worker, attempt, Now);
    }

    /// <summary>A worker dies: it leaves, and the attempt ends on the others.</summary>
    public void Kill(WorkerId worker)
    {
        var attempt = Pool.Find(worker)?.Attempt;
        Pool.Leave(worker, Now);
        if (attempt is { } id) End(id);
    }

    public Waiting? Why(string experiment) => Pool.Explain(new(experiment), Now);

    public IReadOnlyList<Preemption> Preemptions(string experiment) => Pool.Preemptions(new(experiment), Now);

    public int RunningOf(string experiment) => _running.Keys.Count(a => a.Trial.Experiment.Value == experiment);

    public static string[] Experiments(IEnumerable<AttemptId> attempts) => [.. attempts.Select(a => a.Trial.Experiment.Value)];
}
