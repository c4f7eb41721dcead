using FsCheck.Fluent;
using FsCheck;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement.Tests.Support;

namespace Orchestrator.Placement.Tests;

/// <summary>What holds for any pool, whatever happens to it in whatever order.</summary>
public class PoolPropertyTests
{
    [Fact]
    public void AnyCommands_NoSlotIsLostOrTakenTwiceAndGangsAreWhole() => ForAnyCommands(_ => { });

    /// <summary>Whatever happened before: once nothing new comes and attempts end, everyone who can get a gang gets one.</summary>
    [Fact]
    public void AnyCommands_ThenAttemptsEnd_NobodyStarves() => ForAnyCommands(machine => machine.RunDry());

    private static void ForAnyCommands(Action<Machine> then) => Prop.ForAll<int[]>(commands =>
    {
        var machine = new Machine();
        foreach (var command in commands)
        {
            machine.Do(command);
            machine.Check();
        }
        then(machine);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(100).WithReplay(5, 7));

    /// <summary>Turns numbers into commands.</summary>
    private sealed class Machine
    {
        private const int Hosts = 4;
        private const int WorkersPerHost = 4;
        private const long HostMemory = 25;
        private static readonly string[] Experiments = ["a", "b", "c", "d", "e", "f", "g"];

        private readonly TestPool _pool = new(
            new QueueSpec("red") { Weight = 2 },
            new QueueSpec("blue") { Quota = new Dictionary<DeviceKind, double> { [DeviceKind.Cuda] = 9 } },
            new QueueSpec("urgent") { Class = 1 });

        public Machine()
        {
            for (var host = 0; host < Hosts; host++) Join(host);
        }

        public void Do(int command)
        {
            var value = (int)((uint)command % 100_000);
            var (what, which) = (value % 10, value / 10);
            _pool.Advance(TimeSpan.FromSeconds(which % 97));
            switch (what)
            {
                case 0 or 1 or 2: Want(which); break;
                case 3 or 4 or 5: EndOne(which); break;
                case 6: KillOne(which); break;
                case 7: Join(which % Hosts); break;
                case 8: EndPreempted(); break;
                default: _pool.Want(Experiments[which % Experiments.Length], ShapeOf(which % Experiments.Length, 0)); break;
            }
            Place();
        }

        public void Check()
        {
            var taken = _pool.Running.SelectMany(r => r.Value.Workers.Select(w => (Worker: w, r.Key))).ToList();
            Assert.Equal(taken.Count, taken.Select(t => t.Worker).Distinct().Count());
            foreach (var (worker, attempt) in taken) Assert.Equal(attempt, _pool.Pool.Find(worker)!.Attempt);
            Assert.Equal(taken.Count, _pool.Pool.Slots.Count(s => !s.IsFree));
            Assert.All(_pool.Pool.Slots, s => Assert.InRange(s.Device.Used, 0, Device.Whole));
            foreach (var host in _pool.Pool.Slots.GroupBy(s => s.Offer.Host)) Assert.InRange(host.Sum(s => s.MemoryCharge), 0, HostMemory);
            var usage = _pool.Pool.Queues(_pool.Now);
            var units = _pool.Pool.Slots.Select(s => s.Device).Distinct().Sum(d => d.Used);
            Assert.Equal(units, usage.Sum(q => q.Taken.Values.Sum()) * Device.Whole, 6);
            Assert.True(usage.Single(q => q.Settings.Name == "blue").Taken.GetValueOrDefault(DeviceKind.Cuda) <= 9);
        }

        public void RunDry()
        {
            foreach (var host in Enumerable.Range(0, Hosts)) Join(host);
            var waiting = Enumerable.Range(0, Experiments.Length).Where(e => _pool.Why(Experiments[e]) is { Cause: not WaitCause.Never }).ToHashSet();
            for (var round = 0; round < 400 && waiting.Count > 0; round++)
            {
                _pool.Advance(TimeSpan.FromMinutes(5));
                foreach (var experiment in waiting) _pool.Want(Experiments[experiment], ShapeOf(experiment, 1));
                foreach (var attempt in Place()) waiting.Remove(Array.IndexOf(Experiments, attempt.Trial.Experiment.Value));
                Check();
                EndPreempted();
                EndOne(round);
            }
            Assert.Empty(waiting.Select(e => $"{Experiments[e]}: {_pool.Why(Experiments[e])?.Text}"));
        }

        private List<AttemptId> Place()
        {
            var placed = _pool.Place();
            foreach (var attempt in placed)
            {
                var shape = ShapeOf(Array.IndexOf(Experiments, attempt.Trial.Experiment.Value), 1);
                var slots = _pool.Running[attempt].Workers.Select(w => _pool.Pool.Find(w)!).ToList();
                Assert.Equal(shape.WorldSize, slots.Count);
                Assert.All(slots, s => Assert.Equal((shape.Share, shape.Memory), (s.Charge, s.MemoryCharge)));
                if (shape.Require == TopologyLevel.Host) Assert.Single(slots.Select(s => s.Offer.Host).Distinct());
            }
            return placed;
        }

        /// <summary>Experiment e is always of one shape; a wants big gangs, e parts of devices, e to g memory.</summary>
        private static Demand ShapeOf(int experiment, int gangs) => experiment switch
        {
            0 => new Demand(gangs, 6, DeviceKind.Cuda) { Queue = "red" },
            1 => new Demand(gangs, 2, DeviceKind.Cuda) { Queue = "red", Priority = 2 },
            2 => new Demand(gangs, 3, DeviceKind.Cuda) { Queue = "blue", Require = TopologyLevel.Host },
            3 => new Demand(gangs, 1, DeviceKind.Cuda) { Queue = "blue" },
            4 => new Demand(gangs, 1, DeviceKind.Cuda) { Queue = "urgent", Share = 400, Memory = 6 },
            5 => new Demand(gangs, 5, DeviceKind.Cuda) { Queue = "red", Memory = 12 },
            _ => new Demand(gangs, 1, DeviceKind.Cuda) { Queue = "blue", Memory = 7 },
        };

        private void Want(int which)
        {
            var experiment = which % Experiments.Length;
            _pool.Want(Experiments[experiment], ShapeOf(experiment, 1 + which / 5 % 6));
        }

        private void EndOne(int which)
        {
            if (_pool.Running.Count > 0) _pool.End(_pool.Running.Keys.OrderBy(a => a.Trial.Number).ElementAt(which % _pool.Running.Count));
        }

        private void KillOne(int which)
        {
            if (_pool.Pool.Slots.Count > 0) _pool.Kill(_pool.Pool.Slots.Select(s => s.Offer.Worker).OrderBy(w => w.Value, StringComparer.Ordinal).ElementAt(which % _pool.Pool.Slots.Count));
        }

        private void EndPreempted()
        {
            foreach (var experiment in Experiments)
                foreach (var preemption in _pool.Preemptions(experiment)) _pool.End(preemption.Attempt);
        }

        /// <summary>The workers of a host come back; two of them share a device.</summary>
        private void Join(int host)
        {
            for (var i = 0; i < WorkersPerHost; i++)
            {
                var id = new WorkerId($"h{host}-{i}");
                if (_pool.Pool.Find(id) is not null) continue;
                _pool.Pool.Seen(new WorkerOffer(id, $"h{host}", DeviceKind.Cuda) { Rack = $"r{host / 2}", DeviceId = i < 2 ? "0" : "", Memory = HostMemory }, null, _pool.Now);
            }
        }
    }
}
