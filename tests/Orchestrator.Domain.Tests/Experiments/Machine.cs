using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.TestKit.Building;
using Orchestrator.TestKit.Search;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>An experiment as its grain runs it: decides, journals (as JSON), applies. A test drives it and looks at what happened.</summary>
internal sealed class Machine
{
    private static readonly ExperimentId Id = new("test");

    private readonly List<byte[]> _journal = [];
    private readonly Func<SchedulerReport, bool>? _stops;
    private readonly RetryPolicy? _retries;
    private readonly Func<SchedulerReport, bool>? _pauses;
    private readonly Func<IReadOnlyCollection<int>, bool, IReadOnlyList<SchedulerAction>>? _releases;
    private readonly int _points;

    public Machine(
        ExperimentSpecBuilder? spec = null,
        int points = int.MaxValue,
        Func<SchedulerReport, bool>? stops = null,
        RetryPolicy? retries = null,
        Func<SchedulerReport, bool>? pauses = null,
        Func<IReadOnlyCollection<int>, bool, IReadOnlyList<SchedulerAction>>? releases = null)
    {
        _points = points;
        _stops = stops;
        _pauses = pauses;
        _releases = releases;
        _retries = retries;
        Search = new ScriptedSearch(points);
        Scheduler = NewScheduler();
        var submitted = new ExperimentSubmitted(Time.Now, (spec ?? new ExperimentSpecBuilder()).Build(), "source");
        _journal.Add(ExperimentEventJson.Serialize(submitted));
        Experiment = new Experiment(Id, submitted, Search, Scheduler, retries);
    }

    public FakeTimeProvider Time { get; } = new();

    public ScriptedSearch Search { get; }

    public ScriptedScheduler Scheduler { get; }

    public Experiment Experiment { get; }

    public DateTimeOffset Now => Time.Now;

    public int JournalLength => _journal.Count;

    public Trial Trial(int number) => Experiment.Find(number)!;

    /// <summary>Journals and applies what was decided.</summary>
    public IReadOnlyList<ExperimentEvent> Do(IReadOnlyList<ExperimentEvent> events)
    {
        foreach (var value in events)
        {
            _journal.Add(ExperimentEventJson.Serialize(value));
            Experiment.Apply(value);
        }
        return events;
    }

    public IReadOnlyList<ExperimentEvent> Place(params string[] workers) => Do(Experiment.Place(workers.Length > 0 ? workers : Gang(), Now));

    public ReportVerdict Report(int trial, int attempt = 1, long sequence = 1, int? epoch = null, double loss = 0.5)
    {
        Do(Experiment.Report(Events.Reported(trial, attempt, sequence, epoch, loss), Now, out var verdict));
        return verdict;
    }

    public IReadOnlyList<ExperimentEvent> End(int trial, AttemptOutcome outcome = AttemptOutcome.Completed, int? attempt = null, string? reason = null) =>
        Do(Experiment.EndAttempt(Events.AttemptEnded(trial, attempt ?? Experiment.Find(trial)?.Attempt ?? 1, outcome, reason), Now));

    public IReadOnlyList<ExperimentEvent> Regroup(int trial, params string[] lost) => Do(Experiment.Regroup(trial, Trial(trial).Attempt, lost, "gone", Now));

    public IReadOnlyList<ExperimentEvent> Stop() => Do(Experiment.Stop("asked to", Now));

    public IReadOnlyList<ExperimentEvent> Resume() => Do(Experiment.Resume(Now));

    public IReadOnlyList<ExperimentEvent> PauseTrial(int trial) => Do(Experiment.PauseTrial(trial, "asked to", Now));

    public IReadOnlyList<ExperimentEvent> ResumeTrial(int trial) => Do(Experiment.ResumeTrial(trial, Now));

    public IReadOnlyList<ExperimentEvent> ExtendTrial(int trial, int epochs) => Do(Experiment.ExtendTrial(trial, epochs, Now));

    public IReadOnlyList<ExperimentEvent> StopTrial(int trial) => Do(Experiment.StopTrial(trial, "asked to", Now));

    public IReadOnlyList<ExperimentEvent> ForkTrial(int trial, int? epoch = null, ParameterSet? changes = null) =>
        Do(Experiment.ForkTrial(trial, epoch, changes ?? ParameterSet.Empty, Now));

    public IReadOnlyList<ExperimentEvent> Settle() => Do(Experiment.Settle(Now));

    /// <summary>A new machine from the journal alone, as after a restart of the coordinator.</summary>
    public (Experiment Experiment, ScriptedSearch Search, ScriptedScheduler Scheduler) Replay()
    {
        var search = new ScriptedSearch(_points);
        var scheduler = NewScheduler();
        var experiment = new Experiment(Id, (ExperimentSubmitted)ExperimentEventJson.Deserialize(_journal[0]), search, scheduler, _retries);
        foreach (var body in _journal.Skip(1)) experiment.Apply(ExperimentEventJson.Deserialize(body));
        return (experiment, search, scheduler);
    }

    private ScriptedScheduler NewScheduler() => new(_stops, _pauses, _releases);

    private string[] Gang() => [.. Enumerable.Range(0, Experiment.Spec.Resources.WorldSize).Select(rank => $"worker-{rank}")];
}
