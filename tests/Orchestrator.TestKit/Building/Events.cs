using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.TestKit.Building;

/// <summary>Makes events at a fixed time.</summary>
public static class Events
{
    /// <summary>When all of them happened.</summary>
    public static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ExperimentSubmitted Submitted(ExperimentSpec? spec = null, string source = "task: vae\n") => new(At, spec ?? new ExperimentSpecBuilder().Build(), source);

    public static TrialProposed Proposed(int trial, double learningRate = 0.01) =>
        new(At, trial, new ParameterSet([new("learning_rate", ParameterValue.Of(learningRate))]), trial);

    public static AttemptStarted Started(int trial, int attempt = 1, params string[] workers) => new(At, trial, attempt, workers.Length > 0 ? workers : ["worker-0"]);

    public static TrialReported Reported(int trial, int attempt = 1, long sequence = 1, int? epoch = null, double loss = 0.5) =>
        new(At, trial, attempt, sequence, epoch ?? (int)sequence, sequence * 100, new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = loss });

    public static AttemptEnded AttemptEnded(int trial, int attempt = 1, AttemptOutcome outcome = AttemptOutcome.Completed, string? reason = null) => new(At, trial, attempt, outcome, reason);

    public static TrialEnded TrialEnded(int trial, TrialStatus status = TrialStatus.Completed, string? reason = null) => new(At, trial, status, reason);

    /// <summary>Some events of one kind, told apart by their sequence number.</summary>
    public static IReadOnlyList<ExperimentEvent> Reports(int count, long from = 1) => [.. Enumerable.Range(0, count).Select(i => Reported(1, sequence: from + i))];
}
