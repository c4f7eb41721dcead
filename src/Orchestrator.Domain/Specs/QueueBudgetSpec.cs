namespace Orchestrator.Domain.Specs;

/// <summary>What the trials of a queue may use.</summary>
/// <param name="DeviceHours">Hours times devices of all kinds, above 0.</param>
/// <param name="Every">How often that is renewed; null: never.</param>
public sealed record QueueBudgetSpec(double DeviceHours, BudgetPeriod? Every = null)
{
    /// <summary>The first day of the period that a day is in.</summary>
    public DateOnly StartOf(DateOnly day) => Every switch
    {
        BudgetPeriod.Day => day,
        BudgetPeriod.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        BudgetPeriod.Month => new DateOnly(day.Year, day.Month, 1),
        _ => DateOnly.MinValue,
    };

    /// <summary>The first day of the period after the one that a day is in; null: there is none.</summary>
    public DateOnly? EndOf(DateOnly day) => Every switch
    {
        BudgetPeriod.Day => day.AddDays(1),
        BudgetPeriod.Week => StartOf(day).AddDays(7),
        BudgetPeriod.Month => StartOf(day).AddMonths(1),
        _ => null,
    };
}
