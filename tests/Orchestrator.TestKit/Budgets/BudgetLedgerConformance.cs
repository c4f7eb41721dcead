using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Identity;
using Xunit;

namespace Orchestrator.TestKit.Budgets;

/// <summary>What every ledger must do. A back end's tests inherit this and say how to open and reopen one.</summary>
public abstract class BudgetLedgerConformance
{
    private static readonly DateOnly Monday = new(2030, 1, 7);

    /// <summary>The ledger under test, empty when a test begins.</summary>
    protected abstract IBudgetLedger Ledger { get; }

    /// <summary>Closes the store and opens it again, as a restarted process would; <see cref="Ledger"/> is the new one then.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task ReadAsync_Unknown_GivesNothing() => Assert.Empty(await Read("red"));

    [Fact]
    public async Task RecordAsync_ThenReopened_IsStillThere()
    {
        LedgerEntry[] entries = [Entry("a", 0, 1.5), Entry("a", 1, 1e-7), Entry("b-2", 0, 1e7)];
        await Ledger.RecordAsync(entries, default);
        await ReopenAsync();

        Assert.Equal(entries.ToHashSet(), (await Read("red")).ToHashSet());
    }

    [Fact]
    public async Task RecordAsync_Again_KeepsTheMost()
    {
        foreach (var seconds in new[] { 5.0, 12, 3, 12 }) await Ledger.RecordAsync([Entry("a", 0, seconds)], default);

        Assert.Equal([Entry("a", 0, 12)], await Read("red"));
    }

    [Fact]
    public async Task ReadAsync_OtherQueuesAndEarlierDays_AreNotThere()
    {
        await Ledger.RecordAsync([Entry("a", 0, 1), Entry("a", 1, 2), Entry("b", 1, 3) with { Queue = "blue" }], default);

        Assert.Equal([Entry("a", 1, 2)], await Ledger.ReadAsync("red", Monday.AddDays(1), default));
    }

    private static LedgerEntry Entry(string experiment, int day, double seconds) => new("red", new ExperimentId(experiment), Monday.AddDays(day), TimeSpan.FromSeconds(seconds));

    private Task<IReadOnlyList<LedgerEntry>> Read(string queue) => Ledger.ReadAsync(queue, DateOnly.MinValue, default);
}
