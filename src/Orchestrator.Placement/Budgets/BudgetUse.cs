using System.Globalization;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>What a queue may use and has used.</summary>
/// <param name="Budget">What it may use.</param>
/// <param name="Used">What it has used in the present period.</param>
/// <param name="Renews">The day, at midnight UTC, when it has all of it again; null: never.</param>
public sealed record BudgetUse(QueueBudgetSpec Budget, TimeSpan Used, DateOnly? Renews)
{
    /// <summary>For people: <c>has used 500 of 500 device hours; more at 2026-12-01</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"has used {Math.Floor(Used.TotalHours * 100) / 100:0.##} of {Budget.DeviceHours:0.###} device hours; {(Renews is { } day ? $"more at {day:yyyy-MM-dd}" : "more when its budget is raised")}");
}
