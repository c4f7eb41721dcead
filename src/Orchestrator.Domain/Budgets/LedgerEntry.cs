using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Budgets;

/// <summary>The device time that an experiment has used on a day, on its team's account.</summary>
/// <param name="Queue">The team's queue.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Day">The day, UTC.</param>
/// <param name="Time">All of that day so far.</param>
public sealed record LedgerEntry(string Queue, ExperimentId Experiment, DateOnly Day, TimeSpan Time);
