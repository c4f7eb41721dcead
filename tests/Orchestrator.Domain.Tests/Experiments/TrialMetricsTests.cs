namespace Orchestrator.Domain.Tests.Experiments;

public sealed class TrialMetricsTests
{
    [Fact]
    public void Metrics_OfAReport_ReadAsTheDictionaryTheyWere()
    {
        var machine = new Machine();
        machine.Place();
        machine.Place();
        Report(machine, 1, ("loss", 0.5), ("elbo", double.NaN));
        Report(machine, 2, ("elbo", -3), ("loss", 0.25)); // the same names in another order
        Report(machine, 1, ("loss", 0.4), ("accuracy", 0.9)); // others

        Assert.Equal([new("loss", 0.4), new("accuracy", 0.9)], machine.Trial(1).Metrics);
        Assert.Equal((-3, 0.25), (machine.Trial(2).Metrics["elbo"], machine.Trial(2).Metrics["loss"]));
        Assert.True(machine.Trial(2).Metrics.ContainsKey("elbo"));
        Assert.False(machine.Trial(2).Metrics.TryGetValue("accuracy", out _));
        Assert.Contains("elbo", Assert.Throws<KeyNotFoundException>(() => machine.Trial(2).Metrics["accuracy"]).Message);
    }

    [Fact]
    public void Metrics_BeforeAReport_AreEmpty()
    {
        var machine = new Machine();
        machine.Place();

        Assert.Empty(machine.Trial(1).Metrics);
    }

    [Fact]
    public void Metrics_OfTwoTrials_AreEqualByValue()
    {
        var machine = new Machine();
        for (var trial = 1; trial <= 3; trial++) machine.Place();
        Report(machine, 1, ("loss", 0.5), ("elbo", double.NaN));
        Report(machine, 2, ("loss", 0.5), ("elbo", double.NaN));
        Report(machine, 3, ("loss", 0.5), ("elbo", 1));

        Assert.True(machine.Trial(1).Metrics.Equals(machine.Trial(2).Metrics));
        Assert.False(machine.Trial(1).Metrics.Equals(machine.Trial(3).Metrics));
    }

    private static void Report(Machine machine, int trial, params (string Name, double Value)[] metrics)
    {
        var (number, epoch) = (machine.Trial(trial).Attempt, machine.Trial(trial).Epoch + 1);
        var report = new Domain.Experiments.TrialReported(machine.Now, trial, number, epoch, epoch, epoch, metrics.ToDictionary(m => m.Name, m => m.Value));
        machine.Do(machine.Experiment.Report(report, machine.Now, out _));
    }
}
