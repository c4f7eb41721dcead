using Orchestrator.Domain.Randomness;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Tests.Pools;

/// <summary>A pool with a cluster and a fleet that a test plays.</summary>
internal sealed class PoolWorld
{
    private readonly SortedDictionary<string, PodView> _pods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FleetWorker> _workers = new(StringComparer.Ordinal);
    private readonly List<PoolAction> _pending = [];
    private SplitMix64 _random;

    public PoolWorld(WarmPoolSpec spec, DateTimeOffset start, ulong seed = 1)
    {
        Pool = new WarmPool(spec, seed);
        Now = start;
        _random = new SplitMix64(seed);
    }

    public WarmPool Pool { get; }

    public DateTimeOffset Now { get; private set; }

    public Dictionary<string, string> Leaving { get; } = new(StringComparer.Ordinal);

    public ref SplitMix64 Random => ref _random;

    public IReadOnlyList<string> Alive => [.. _pods.Values.Where(p => p.Stage == PodStage.Alive).Select(p => p.Name)];

    public IReadOnlyList<PoolAction> Decide(int waiting)
    {
        var actions = Pool.Decide(new PoolObservation([.. _pods.Values], _workers, waiting, Leaving), Now);
        _pending.AddRange(actions);
        return actions;
    }

    public void Advance(TimeSpan by) => Now += by;

    /// <summary>What was decided happens.</summary>
    public void Apply()
    {
        foreach (var action in _pending)
        {
            switch (action)
            {
                case PoolAction.Create create: _pods[create.Pod] = new PodView(create.Pod, create.Pod, Pool.Spec.Name, PodStage.Alive, Now); break;
                case PoolAction.Retire retire: Remove(retire.Pod.Name); break;
                case PoolAction.Delete delete: Remove(delete.Pod.Name); break;
                default: throw new InvalidOperationException();
            }
        }
        _pending.Clear();
    }

    /// <summary>What was decided is lost.</summary>
    public void Forget() => _pending.Clear();

    public void Register(string pod) => _workers[pod] = new FleetWorker(pod, IsBusy: false);

    public void Work(string pod) => _workers[pod] = new FleetWorker(pod, IsBusy: true);

    public bool IsBusy(string pod) => _workers.TryGetValue(pod, out var worker) && worker.IsBusy;

    public void Move(string pod, string node) => _pods[pod] = _pods[pod] with { Node = node };

    public void Trouble(string pod, string text) => _pods[pod] = _pods[pod] with { Trouble = text };

    public void Fail(string pod, string node, string text)
    {
        _workers.Remove(pod);
        _pods[pod] = _pods[pod] with { Stage = PodStage.Failed, Node = node, Trouble = text };
    }

    /// <summary>Something happens to each Pod, perhaps.</summary>
    public void Disturb()
    {
        foreach (var pod in Alive)
        {
            switch (_random.NextBelow(12))
            {
                case 0: Register(pod); break;
                case 1 or 2 when _workers.ContainsKey(pod): Work(pod); break;
                case 3 when _workers.ContainsKey(pod): Register(pod); break;
                case 4: Fail(pod, $"n{_random.NextBelow(3)}", "Error"); break;
                case 5: Move(pod, $"n{_random.NextBelow(3)}"); break;
                case 6: Remove(pod); break;
                default: break;
            }
        }
        if (_random.NextBelow(10) == 0) Leaving["n0"] = "leaving";
        if (_random.NextBelow(5) == 0) Leaving.Clear();
    }

    /// <summary>Everybody has ended what it did.</summary>
    public void Calm()
    {
        foreach (var pod in _workers.Keys.ToList()) Register(pod);
        Leaving.Clear();
    }

    private void Remove(string pod)
    {
        _pods.Remove(pod);
        _workers.Remove(pod);
    }
}
