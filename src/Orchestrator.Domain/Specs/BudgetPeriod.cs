namespace Orchestrator.Domain.Specs;

/// <summary>How often a team's budget is renewed, at midnight UTC.</summary>
public enum BudgetPeriod
{
    /// <summary>Every day.</summary>
    Day,

    /// <summary>Every Monday.</summary>
    Week,

    /// <summary>On the first of every month.</summary>
    Month,
}
