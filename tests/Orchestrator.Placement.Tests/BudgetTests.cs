using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement.Tests.Support;

namespace Orchestrator.Placement.Tests;

public class BudgetTests
{
    private static readonly DateOnly Today = new(2030, 1, 1); // the first day of a pool of these tests, a Tuesday

    [Fact]
    public void FormGang_BudgetIsSpent_WaitsAndSaysUntilWhen()
    {
        var pool = Pool(hours: 10, BudgetPeriod.Month);
        pool.Want("r", 1, queue: "red");
        Say(pool, "r", 4, 6);

        Assert.Empty(pool.Place());
        var why = pool.Why("r")!;
        Assert.Equal(WaitCause.Budget, why.Cause);
        Assert.EndsWith("the queue has used 10 of 10 device hours; more at 2030-02-01.", why.Text);
    }

    [Fact]
    public void FormGang_OneTeamHasSpentItsBudget_OthersGetItsDevices()
    {
        var pool = Pool(hours: 1, null);
        Say(pool, "r", 1);
        pool.Want("r", 8, queue: "red");
        pool.Want("b", 8, queue: "blue");

        pool.Place();

        Assert.Equal((0, 8), (pool.RunningOf("r"), pool.RunningOf("b")));
        Assert.Contains("more when its budget is raised", pool.Why("r")!.Text);
    }

    [Fact]
    public void Preemptions_BudgetIsSpent_EndsAllThatRunsAndNothingOfOthers()
    {
        var pool = Pool(hours: 1, BudgetPeriod.Day);
        pool.Want("r", 3, queue: "red");
        pool.Want("b", 3, queue: "blue");
        pool.Place();
        Assert.Empty(pool.Preemptions("r"));
        Say(pool, "r", 1);

        Assert.Equal(3, pool.Preemptions("r").Count);
        Assert.All(pool.Preemptions("r"), p => Assert.Equal("Queue 'red' has used 1 of 1 device hours; more at 2030-01-02.", p.Reason));
        Assert.Empty(pool.Preemptions("b"));
    }

    [Fact]
    public void FormGang_NextPeriod_GoesOn()
    {
        var pool = Pool(hours: 1, BudgetPeriod.Day);
        Say(pool, "r", 2);
        pool.Want("r", 1, queue: "red");
        Assert.Empty(pool.Place());

        pool.Advance(TimeSpan.FromDays(1));

        Assert.Single(pool.Place());
        Assert.Equal(TimeSpan.Zero, Assert.Single(pool.Pool.Queues(pool.Now), q => q.Settings.Name == "red").Budget!.Used);
    }

    [Fact]
    public void Used_SaidAgainLessOrOfAnEarlierPeriod_CountsOnce()
    {
        var pool = Pool(hours: 10, BudgetPeriod.Day);

        Assert.Equal([Day(0, 2)], pool.Pool.Used(new("r"), "red", [Day(-1, 50), Day(0, 2)], pool.Now));
        Assert.Empty(pool.Pool.Used(new("r"), "red", [Day(0, 2)], pool.Now));
        Assert.Empty(pool.Pool.Used(new("r"), "red", [Day(0, 1)], pool.Now));
        Assert.Equal([Day(0, 3)], pool.Pool.Used(new("r"), "red", [Day(0, 3)], pool.Now));
        Assert.Empty(pool.Pool.Used(new("b"), "blue", [Day(0, 3)], pool.Now));

        Assert.Equal(3, Assert.Single(pool.Pool.Queues(pool.Now), q => q.Budget is not null).Budget!.Used.TotalHours);
    }

    [Fact]
    public void Wanted_BudgetIsSpent_AsksForNoWorkers()
    {
        var pool = Pool(hours: 1, null);
        pool.Want("r", 20, queue: "red");
        Assert.Equal(20, pool.Pool.Wanted(DeviceKind.Cuda, pool.Now));
        Say(pool, "r", 1);

        Assert.Equal(0, pool.Pool.Wanted(DeviceKind.Cuda, pool.Now));
    }

    /// <summary>What was kept for a gang is for others once its team can have nothing, and nobody ends for it.</summary>
    [Fact]
    public void FormGang_BudgetIsSpentWhileDevicesAreKept_GivesThemBack()
    {
        var pool = Pool(hours: 1, null);
        pool.Want("b", 2, queue: "blue");
        pool.Place();
        pool.Want("r", 1, worldSize: 8, queue: "red");
        Assert.Empty(pool.Place());
        pool.Want("b", 6, queue: "blue");
        Assert.Empty(pool.Place());
        Say(pool, "r", 1);

        Assert.Equal(6, pool.Place().Count);
        Assert.Empty(pool.Preemptions("b"));
    }

    /// <summary>A team is owed nothing for the time in which its budget was spent.</summary>
    [Fact]
    public void FormGang_BudgetIsRenewed_TeamsShareAsIfItHadJustCome()
    {
        var pool = Pool(hours: 1, BudgetPeriod.Day);
        Say(pool, "r", 1);
        pool.Want("r", 100, queue: "red");
        pool.Want("b", 100, queue: "blue");
        for (var hour = 0; hour < 24; hour++)
        {
            foreach (var attempt in pool.Place()) pool.End(attempt);
            pool.Advance(TimeSpan.FromHours(1));
        }

        pool.Want("r", 100, queue: "red");
        pool.Want("b", 100, queue: "blue");
        pool.Place();

        Assert.Equal((4, 4), (pool.RunningOf("r"), pool.RunningOf("b")));
    }

    private static TestPool Pool(double hours, BudgetPeriod? every) =>
        new TestPool(new QueueSpec("red") { Budget = new QueueBudgetSpec(hours, every) }, new QueueSpec("blue")).Host("h", 8);

    private static void Say(TestPool pool, string experiment, params double[] hours) =>
        pool.Pool.Used(new(experiment), "red", hours.Select((h, day) => Day(day, h)), pool.Now);

    private static DeviceTime Day(int day, double hours) => new(Today.AddDays(day), TimeSpan.FromHours(hours));
}
