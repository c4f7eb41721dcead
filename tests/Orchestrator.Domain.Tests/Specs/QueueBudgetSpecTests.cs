using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Tests.Specs;

public class QueueBudgetSpecTests
{
    [Theory]
    [InlineData(BudgetPeriod.Day, "2028-02-29", "2028-02-29", "2028-03-01")]
    [InlineData(BudgetPeriod.Week, "2030-01-06", "2029-12-31", "2030-01-07")] // a Sunday
    [InlineData(BudgetPeriod.Week, "2030-01-07", "2030-01-07", "2030-01-14")]
    [InlineData(BudgetPeriod.Month, "2030-12-31", "2030-12-01", "2031-01-01")]
    [InlineData(null, "2030-12-31", "0001-01-01", null)]
    public void StartAndEnd_OfADay_AreThoseOfItsPeriod(BudgetPeriod? every, string day, string start, string? end)
    {
        var budget = new QueueBudgetSpec(1, every);

        Assert.Equal(DateOnly.Parse(start, null), budget.StartOf(DateOnly.Parse(day, null)));
        Assert.Equal(end is null ? null : DateOnly.Parse(end, null), budget.EndOf(DateOnly.Parse(day, null)));
    }
}
