using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Experiments;

/// <summary>
/// The state machine of one experiment. Decisions (<c>Experiment.Decisions.cs</c>) look at the state and give events;
/// what people want of trials is in <c>Experiment.Commands.cs</c>;
/// only <see cref="Apply"/> changes the state. So whatever was journaled and replayed gives the state that was live, and a
/// decision whose append fails has changed nothing. Not thread-safe: one activation owns it.
/// </summary>
public sealed partial class Experiment
{
    private readonly List<Trial> _trials = [];
    private readonly SortedSet<int> _waiting = [];
    private readonly SortedSet<int> _running = [];
    private readonly SortedSet<int> _paused = [];
    private readonly Dictionary<int, List<int>> _forks = [];
    private readonly ISearchAlgorithm _search;
    private readonly ITrialScheduler _scheduler;
    private readonly RetryPolicy _retries;
    private readonly NamePool _names = new();
    private readonly DeviceTimes _deviceTimes = new();
    private TrialMetrics _metrics = TrialMetrics.None;
    private Proposal? _proposal;
    private int _failed;
    private int _proposed;
    private int _points;
    private long _epochs;
    private RepeatedPoint? _newest;
    private double? _bestMean;
    private DateTimeOffset _activeSince;
    private TimeSpan _activeBefore;

    /// <summary>Starts the machine at an experiment's first event.</summary>
    /// <param name="id">The experiment.</param>
    /// <param name="submitted">Its first event.</param>
    /// <param name="search">A new search algorithm for the spec, seeded.</param>
    /// <param name="scheduler">A new trial scheduler for the spec.</param>
    /// <param name="retries">How often trials are tried; null: <see cref="RetryPolicy.Default"/>.</param>
    public Experiment(ExperimentId id, ExperimentSubmitted submitted, ISearchAlgorithm search, ITrialScheduler scheduler, RetryPolicy? retries = null)
    {
        Id = id;
        Spec = submitted.Spec;
        Source = submitted.Source;
        SubmittedAt = _activeSince = submitted.At;
        Version = 1;
        _search = search;
        _scheduler = scheduler;
        _retries = retries ?? RetryPolicy.Default;
    }

    /// <summary>The experiment.</summary>
    public ExperimentId Id { get; }

    /// <summary>What the user declared.</summary>
    public ExperimentSpec Spec { get; }

    /// <summary>The sweep file's text.</summary>
    public string Source { get; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; }

    /// <summary>When it ended or was last stopped; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How many events have been applied, the first included: the version to append behind.</summary>
    public long Version { get; private set; }

    /// <summary>Where it is.</summary>
    public ExperimentStatus Status { get; private set; } = ExperimentStatus.Running;

    /// <summary>Why it stopped or ended.</summary>
    public string? Reason { get; private set; }

    /// <summary>Its trials, by number from 1.</summary>
    public IReadOnlyList<Trial> Trials => _trials;

    /// <summary>The trial with the best metric so far; null before the first report.</summary>
    public Trial? Best { get; private set; }

    /// <summary>The trials that run, ascending.</summary>
    public IReadOnlyCollection<int> RunningTrials => _running;

    /// <summary>How many trials are not over.</summary>
    public LiveTrials LiveTrials => new(_waiting.Count, _running.Count, _paused.Count);

    /// <summary>Whether it has reached a terminal state.</summary>
    public bool IsTerminal => Status is ExperimentStatus.Completed or ExperimentStatus.Failed or ExperimentStatus.Deleting;

    /// <summary>Whether the files of its checkpoints stay when it is deleted.</summary>
    public bool KeepsCheckpoints { get; private set; }

    /// <summary>Finds a trial by number, or null.</summary>
    public Trial? Find(int number) => number >= 1 && number <= _trials.Count ? _trials[number - 1] : null;

    /// <summary>The trials that began from a checkpoint of this one.</summary>
    public IReadOnlyList<int> ForksOf(int number) => _forks.TryGetValue(number, out var forks) ? forks : [];

    /// <summary>How many gangs it could use beyond those it has.</summary>
    public int Demand
    {
        get
        {
            if (Status != ExperimentStatus.Running) return 0;
            var wanted = Math.Min((long)_waiting.Count + RemainingProposals, MaxDemand);
            return (int)Math.Max(0, Math.Min(wanted, (Spec.Resources.MaxParallel ?? int.MaxValue) - (long)_running.Count));
        }
    }

    /// <summary>Time it has been running, without the time it was stopped.</summary>
    public TimeSpan ActiveTime(DateTimeOffset now) => Status == ExperimentStatus.Running && now > _activeSince ? _activeBefore + (now - _activeSince) : _activeBefore;

    /// <summary>Time that devices have been taken, added over devices and attempts.</summary>
    public TimeSpan DeviceTime(DateTimeOffset now)
    {
        var total = _deviceTimes.Total;
        foreach (var number in _running)
        {
            if (_trials[number - 1].AttemptStartedAt is { } start && now > start) total += (now - start) * Devices(_trials[number - 1]);
        }
        return total;
    }

    /// <summary>The same by day, with a copy for the attempts that run: for accounts, not for every event.</summary>
    public DeviceTimes DeviceTimesByDay(DateTimeOffset now)
    {
        if (_running.Count == 0) return _deviceTimes;
        var times = new DeviceTimes(_deviceTimes);
        foreach (var number in _running) AddAttempt(times, _trials[number - 1], now);
        return times;
    }

    private const int MaxDemand = 1024;

    private long RemainingProposals
    {
        get
        {
            var allowed = Math.Max(0, (Spec.Budget.Trials ?? int.MaxValue) - (long)_proposed);
            return allowed > 0 && (NextRepeat is not null || NextProposal is not null) ? allowed : 0;
        }
    }

    // Kept until the search learns something: a proposal may cost milliseconds, and demand is asked for often.
    private ParameterSet? NextProposal => (_proposal ??= new Proposal(_search.Propose(_points + 1))).Parameters;

    /// <summary>The point whose next repeat is due; null: the next trial is a new point.</summary>
    private RepeatedPoint? NextRepeat => _newest is { IsClosed: false } point && _scheduler.WouldRepeat(point.First) ? point : null;

    private void AddAttempt(DeviceTimes times, Trial trial, DateTimeOffset until)
    {
        if (trial.AttemptStartedAt is { } start) times.Add(start, until, Devices(trial));
    }

    private double Devices(Trial trial) => trial.Workers.Count * (Spec.Resources.DeviceFraction ?? 1);

    /// <summary>What the search would propose now, a null meaning that its space is exhausted.</summary>
    private sealed record Proposal(ParameterSet? Parameters);
}
