using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Experiments;

/// <summary>The state of one trial: what the experiment's events say about it.</summary>
public sealed class Trial
{
    /// <summary>The parameter that says where a trial ends; every task has it.</summary>
    public const string EpochsParameter = "epochs";

    /// <summary>Most findings that are kept of a trial.</summary>
    public const int MaxFindings = 8;

    // Packed, 0 for none: a coordinator keeps every trial it has ever had.
    private readonly int _parent;
    private int _epochs;
    private byte _pausedBy;

    internal Trial(TrialId id, ParameterSet parameters, long seed, int? parent = null, int parentEpoch = 0)
    {
        Id = id;
        Parameters = parameters;
        Seed = seed;
        _parent = parent ?? 0;
        Epoch = ParentEpoch = parentEpoch;
        if (parameters.TryGet(EpochsParameter, out var value) && value is ParameterValue.Integer epochs) Epochs = (int)Math.Clamp(epochs.Value, 0, int.MaxValue);
    }

    /// <summary>The trial.</summary>
    public TrialId Id { get; }

    /// <summary>Its point of the space.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The seed of everything random in it.</summary>
    public long Seed { get; }

    /// <summary>Where it is.</summary>
    public TrialStatus Status { get; internal set; } = TrialStatus.Waiting;

    /// <summary>Why it ended, or why its last attempt did.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The newest attempt; 0 before the first.</summary>
    public int Attempt { get; internal set; }

    /// <summary>The workers of the newest attempt's newest process group, in the order of rank.</summary>
    public IReadOnlyList<string> Workers { get; internal set; } = [];

    /// <summary>The newest process group of the newest attempt, from 1; 0 before the first attempt.</summary>
    public int Generation { get; internal set; }

    /// <summary>The newest sequence number accepted from the newest attempt's rank 0.</summary>
    public long Sequence { get; internal set; }

    /// <summary>The most epochs that any attempt has reported; a fork begins with those of its parent.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The optimizer steps at <see cref="Epoch"/>.</summary>
    public long Step { get; internal set; }

    /// <summary>What it measured at <see cref="Epoch"/>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; internal set; } = TrialMetrics.None;

    /// <summary>The best value of the optimised metric, null before the first report.</summary>
    public double? BestMetric { get; internal set; }

    /// <summary>The epoch of <see cref="BestMetric"/>.</summary>
    public int BestEpoch { get; internal set; }

    /// <summary>What was found to be wrong with its training, oldest first; at most <see cref="MaxFindings"/>.</summary>
    public IReadOnlyList<string> Findings { get; internal set; } = [];

    /// <summary>Attempts that failed by an error of the training.</summary>
    public int Failures { get; internal set; }

    /// <summary>Attempts interrupted since it last got further.</summary>
    public int InterruptionsWithoutProgress { get; internal set; }

    /// <summary>When its newest attempt started.</summary>
    public DateTimeOffset? AttemptStartedAt { get; internal set; }

    /// <summary>When it reached its terminal state.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>Whether it has reached its terminal state. A person may still resume or extend it.</summary>
    public bool IsTerminal => Status is not (TrialStatus.Waiting or TrialStatus.Running or TrialStatus.Paused);

    /// <summary>Who paused it; null where it is not paused.</summary>
    public Initiator? PausedBy
    {
        get => _pausedBy == 0 ? null : (Initiator)(_pausedBy - 1);
        internal set => _pausedBy = value is { } by ? (byte)((int)by + 1) : (byte)0;
    }

    /// <summary>Its last epoch: what it was extended to, else its parameter <c>epochs</c>; null where that is the task's own.</summary>
    public int? Epochs
    {
        get => _epochs == 0 ? null : _epochs;
        internal set => _epochs = value ?? 0;
    }

    /// <summary>The point that it is a repeat of, with its first trial; null: its point is trained once.</summary>
    internal RepeatedPoint? Point { get; set; }

    /// <summary>The trial whose checkpoint it began from; null: it began at the beginning.</summary>
    public int? Parent => _parent == 0 ? null : _parent;

    /// <summary>It began from the parent's newest checkpoint at or before this epoch.</summary>
    public int ParentEpoch { get; }

    /// <summary>The id of the newest attempt.</summary>
    public AttemptId CurrentAttempt => new(Id, Attempt);
}
