using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement;

namespace Orchestrator.Simulation.Tests;

/// <summary>A worker as the coordinator meets it: it trains epoch by epoch, keeps its reports until they are acknowledged, and may die.</summary>
internal sealed class SimulatedWorker
{
    private const double Heartbeat = 3;

    private readonly Clockwork _clock;
    private readonly SimulatedCoordinator _coordinator;
    private readonly Faults _faults;
    private readonly WorkerOffer _offer;
    private readonly List<TrialReported> _reports = [];
    private AttemptId? _attempt;
    private AttemptEnded? _ended;
    private bool _isFirstRank;
    private long _order;

    public SimulatedWorker(string name, Clockwork clock, SimulatedCoordinator coordinator, Faults faults)
    {
        (_clock, _coordinator, _faults) = (clock, coordinator, faults);
        _offer = new WorkerOffer(new WorkerId(name), "host", DeviceKind.Cpu);
        _clock.In(_clock.Between(0, Heartbeat), Beat);
    }

    public string Name => _offer.Worker.Value;

    public bool IsDead { get; private set; }

    /// <summary>
    /// The coordinator gives it a rank of an attempt, or the first one of an attempt that goes on without the worker that had it. A second copy of the message
    /// changes nothing.
    /// </summary>
    public void Assign(long order, AttemptId attempt, bool isFirstRank, ParameterSet parameters, int fromEpoch, int epochs)
    {
        if (IsDead || order <= _order) return;
        _order = order;
        if (_attempt == attempt && (_isFirstRank || !isFirstRank)) return;
        (_attempt, _isFirstRank, _ended) = (attempt, isFirstRank, null);
        _reports.Clear();
        if (isFirstRank) _clock.In(_clock.Between(5, 15), () => EndEpoch(attempt, parameters, fromEpoch + 1, epochs, 1));
    }

    /// <summary>The coordinator says that an attempt is over.</summary>
    public void Stop(AttemptId attempt)
    {
        if (_attempt == attempt) Idle();
    }

    public void Acknowledge(AttemptId attempt, long sequence)
    {
        if (_attempt == attempt) _reports.RemoveAll(r => r.Sequence <= sequence);
    }

    private void EndEpoch(AttemptId attempt, ParameterSet parameters, int epoch, int epochs, long sequence)
    {
        if (IsDead || _attempt != attempt) return;
        if (_clock.Chance(_faults.WorkerCrash))
        {
            IsDead = true;
            return;
        }
        var loss = (1 + parameters["x"].Number!.Value) / epoch;
        _reports.Add(new TrialReported(default, attempt.Trial.Number, attempt.Number, sequence, epoch, epoch * 10, new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = loss }));
        if (_clock.Chance(_faults.FailedTraining)) _ended = new AttemptEnded(default, attempt.Trial.Number, attempt.Number, AttemptOutcome.Failed, "It diverged.");
        else if (epoch == epochs) _ended = new AttemptEnded(default, attempt.Trial.Number, attempt.Number, AttemptOutcome.Completed, null);
        else _clock.In(_clock.Between(5, 15), () => EndEpoch(attempt, parameters, epoch + 1, epochs, sequence + 1));
        Tell();
    }

    private void Beat()
    {
        if (IsDead) return;
        if (_attempt is not null && !_isFirstRank && _clock.Chance(_faults.WorkerCrash))
        {
            IsDead = true;
            return;
        }
        _clock.Send(_faults, () => _coordinator.Seen(this, _offer, _attempt));
        Tell();
        _clock.In(Heartbeat, Beat);
    }

    /// <summary>Sends what is not acknowledged, in its order; the end of the attempt only once every report is.</summary>
    private void Tell()
    {
        if (!_isFirstRank || _attempt is not { } attempt) return;
        if (_reports.Count > 0)
        {
            var report = _reports[0];
            _clock.Send(_faults, () => _coordinator.Report(this, attempt, report));
        }
        else if (_ended is { } ended)
        {
            _clock.Send(_faults, () => _coordinator.EndAttempt(this, attempt, ended));
        }
    }

    private void Idle()
    {
        (_attempt, _ended, _isFirstRank) = (null, null, false);
        _reports.Clear();
    }
}
