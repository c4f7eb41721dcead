using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Metrics;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Pools;
using Orchestrator.Grains.Telemetry;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Grains.Experiments;

/// <summary>
/// A thin shell around <see cref="Experiment"/>: decides, appends to the journal, applies, and then tells workers and pool.
/// What it tells may be lost: <see cref="Reconcile"/> compares and tells again. Commands are in <c>ExperimentGrain.Commands.cs</c>, those for single trials in
/// <c>ExperimentGrain.Trials.cs</c>, the last one in <c>ExperimentGrain.Deletion.cs</c>; what becomes of lost ranks is in <c>ExperimentGrain.Ranks.cs</c>.
/// </summary>
public sealed partial class ExperimentGrain(
    IExperimentJournal journal,
    ICheckpointCatalogue catalogue,
    IMetricStore metrics,
    IExperimentFiles files,
    IOptions<ExperimentGrainOptions> options,
    OrchestratorInstruments instruments,
    TimeProvider time,
    ILogger<ExperimentGrain> logger) : Grain, IExperimentGrain
{
    private const int MaxConflicts = 5;
    private const int MaxSettleRounds = 16; // the rest waits for the next heartbeat

    private readonly TrialChanges _changes = new(time.GetUtcNow());
    private readonly Dictionary<int, AttemptTracker> _attempts = [];
    private Experiment? _experiment;
    private IGrainTimer? _timer;
    private WaitingView? _waiting;
    private LiveTrials _counted;
    private string? _trace;
    private DateOnly _saidOfDay;

    private ExperimentId Id => new(this.GetPrimaryKeyString());

    private IPoolGrain Pool => GrainFactory.GetGrain<IPoolGrain>(PoolNames.Of(Id, _experiment?.Spec));

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        await KeepWatch();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Count(default);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Experiment? loaded = null;
        await foreach (var (_, value) in journal.ReadAsync(Id, 0, cancellationToken))
        {
            if (loaded is null) loaded = Begin((ExperimentSubmitted)value);
            else loaded.Apply(value);
        }
        _experiment = loaded;
        _attempts.Clear();
        if (loaded is null) return;
        foreach (var trial in loaded.Trials) _changes.Touch(trial.Id.Number);
        foreach (var number in loaded.RunningTrials) _attempts[number] = new AttemptTracker(loaded.Find(number)!);
        Count(loaded.LiveTrials);
    }

    private void Count(LiveTrials trials)
    {
        instruments.TrialsAre(_counted, trials);
        _counted = trials;
    }

    private Experiment Begin(ExperimentSubmitted submitted)
    {
        _trace = submitted.Trace;
        return new(Id, submitted, SearchAlgorithms.Create(submitted.Spec), TrialSchedulers.Create(submitted.Spec));
    }

    /// <summary>Decides, appends, applies. On a conflict another activation wrote: reads its events and decides again.</summary>
    private async Task<IReadOnlyList<ExperimentEvent>> Commit(Func<Experiment, IReadOnlyList<ExperimentEvent>> decide)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var experiment = _experiment!;
            var events = decide(experiment);
            if (events.Count == 0) return events;
            try
            {
                var started = time.GetTimestamp();
                await journal.AppendAsync(Id, experiment.Version, events, CancellationToken.None);
                instruments.JournalAppended(events.Count, time.GetElapsedTime(started));
            }
            catch (JournalConflictException conflict) when (conflicts < MaxConflicts)
            {
                LogConflict(Id, conflict.Expected, conflict.Actual);
                await Load(CancellationToken.None);
                if (_experiment is null) throw; // it was deleted meanwhile
                continue;
            }
            foreach (var value in events)
            {
                experiment.Apply(value);
                Observe(value);
            }
            Count(experiment.LiveTrials);
            return events;
        }
    }

    /// <summary>Commits, does what the events ask for, and ends the experiment if that was its last one.</summary>
    private async Task<IReadOnlyList<ExperimentEvent>> CommitAndAct(Func<Experiment, IReadOnlyList<ExperimentEvent>> decide)
    {
        var events = await Commit(decide);
        await Act(events);
        if (events.Count > 0) await Settle();
        return events;
    }

    /// <summary>Releases what the scheduler had paused and ends what has nothing left to do, until the experiment is as it should be.</summary>
    private async Task Settle()
    {
        for (var round = 0; round < MaxSettleRounds; round++)
        {
            var events = await Commit(e => e.Settle(time.GetUtcNow()));
            if (events.Count == 0) return;
            await Act(events);
        }
    }

    private void Observe(ExperimentEvent value)
    {
        LogEvent(Id, _experiment!.Version, new EventText(value));
        instruments.Happened(value);
        if (TrialOf(value) is { } number) _changes.Touch(number);
    }

    /// <summary>However an experiment came to run, it has a heartbeat, and a reminder that outlives this silo.</summary>
    private async Task KeepWatch()
    {
        var wanted = _experiment is { Status: ExperimentStatus.Running };
        if (wanted && _timer is null)
        {
            _timer = this.RegisterGrainTimer(Reconcile, new GrainTimerCreationOptions
            {
                DueTime = TimeSpan.Zero,
                Period = options.Value.ReconcileEvery,
                KeepAlive = true,
            });
            await this.RegisterOrUpdateReminder(StayAwake, ReminderPeriod, ReminderPeriod);
        }
        else if (!wanted)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private static int? TrialOf(ExperimentEvent value) => value switch
    {
        TrialProposed e => e.Trial,
        TrialReported e => e.Trial,
        TrialEnded e => e.Trial,
        TrialPaused e => e.Trial,
        TrialResumed e => e.Trial,
        TrialExtended e => e.Trial,
        TrialForked e => e.Trial,
        AttemptStarted e => e.Trial,
        AttemptRegrouped e => e.Trial,
        AttemptEnded e => e.Trial,
        _ => null,
    };

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "{Experiment} v{Version} {Event}")]
    private partial void LogEvent(ExperimentId experiment, long version, EventText @event);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "{Experiment}: another activation wrote (expected version {Expected}, found {Actual}); reading its events")]
    private partial void LogConflict(ExperimentId experiment, long expected, long actual);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "{Attempt}: worker {Worker} is gone")]
    private partial void LogLost(AttemptId attempt, string worker);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Information, Message = "{Experiment}/{Trial}/{Attempt} ends at a checkpoint: {Reason}")]
    private partial void LogPreempted(ExperimentId experiment, int trial, int attempt, string reason);
}
