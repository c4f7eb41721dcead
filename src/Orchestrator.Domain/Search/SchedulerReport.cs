namespace Orchestrator.Domain.Search;

/// <summary>What a trial scheduler is asked about.</summary>
/// <param name="TrialNumber">The trial, from 1.</param>
/// <param name="Resource">What the trial has spent: epochs ended.</param>
/// <param name="Metric">The optimised metric; NaN is worse than any number.</param>
public readonly record struct SchedulerReport(int TrialNumber, int Resource, double Metric);
