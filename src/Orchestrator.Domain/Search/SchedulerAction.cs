using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Search;

/// <summary>What becomes of a trial that a trial scheduler has paused.</summary>
public abstract record SchedulerAction
{
    private SchedulerAction() { }

    /// <summary>It goes on.</summary>
    public sealed record Resume(int TrialNumber, string Reason) : SchedulerAction;

    /// <summary>It ends.</summary>
    public sealed record Stop(int TrialNumber, string Reason) : SchedulerAction;

    /// <summary>A new trial begins from its checkpoint, with other parameters; it stays as it is.</summary>
    public sealed record Fork(int TrialNumber, ParameterSet Parameters, string Reason) : SchedulerAction;
}
