using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;
using Xunit;

namespace Orchestrator.TestKit.Metrics;

/// <summary>What every metric store must do. A back end's tests inherit this and say how to open and reopen one.</summary>
public abstract class MetricStoreConformance
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TrialId Trial = new(new ExperimentId("one"), 7);
    private static readonly TrialId Other = new(new ExperimentId("two"), 7);

    /// <summary>The store under test, empty when a test begins.</summary>
    protected abstract IMetricStore Store { get; }

    /// <summary>Closes the store and opens it again, as a restarted process would; <see cref="Store"/> is the new one then.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task ReadAsync_Unknown_GivesNothing()
    {
        Assert.Empty(await Read());
        Assert.Empty(await Store.ListAsync(Trial, default));
    }

    [Fact]
    public async Task AppendAsync_SeveralBatches_ReadsBackByStep()
    {
        await Append(1, new("loss", 20, 0.2), new("loss", 10, 0.1));
        await Append(1, new("loss", 30, 0.3), new("elbo", 30, -1));

        Assert.Equal([new(10, 0.1, 1), new(20, 0.2, 1), new(30, 0.3, 1)], await Read());
        Assert.Equal([new(30, -1, 1)], await Read("elbo"));
        Assert.Equal(["elbo", "loss"], await Store.ListAsync(Trial, default));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    public async Task AppendAsync_AnyValue_IsKeptExactly(double value)
    {
        await Append(1, new MetricPoint("loss", 0, value));

        Assert.Equal(value, Assert.Single(await Read()).Value);
    }

    [Fact]
    public async Task AppendAsync_Twice_IsKeptOnce()
    {
        for (var i = 0; i < 2; i++) await Append(1, new("loss", 1, 0.1), new("loss", 2, 0.2));

        Assert.Equal([new(1, 0.1, 1), new(2, 0.2, 1)], await Read());
    }

    [Fact]
    public async Task AppendAsync_NoPoints_DoesNothing()
    {
        await Append(1);

        Assert.Empty(await Store.ListAsync(Trial, default));
    }

    [Fact]
    public async Task AppendAsync_StretchTrainedAgain_KeepsTheLaterAttempts()
    {
        await Append(1, new("loss", 1, 0.1), new("loss", 2, 0.2), new("loss", 3, 0.3));
        await Append(2, new("loss", 2, 0.22), new("loss", 3, 0.33));
        await Append(1, new MetricPoint("loss", 3, 0.3333)); // late, of a fenced attempt

        Assert.Equal([new(1, 0.1, 1), new(2, 0.22, 2), new(3, 0.33, 2)], await Read());
    }

    [Fact]
    public async Task ReadAsync_LaterAttemptAtOtherSteps_ShowsNothingOfThePastThatDidNotHappen()
    {
        await Append(1, [.. Enumerable.Range(1, 10).Select(i => new MetricPoint("loss", 10 * i, 0.1))]);
        await Append(2, new("loss", 55, 0.2), new("loss", 65, 0.2));
        await Append(1, new MetricPoint("loss", 110, 0.1)); // late, of a fenced attempt

        Assert.Equal([10, 20, 30, 40, 50, 55, 65], (await Read()).Select(p => p.Step));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task AppendAsync_LongTraining_KeepsAWholeCurveOfBoundedSize(int batch)
    {
        const int steps = 10_000;
        foreach (var chunk in Enumerable.Range(0, steps).Where(step => batch > 1 || step % 50 == 0).Chunk(batch))
            await Append(1, [.. chunk.Select(step => new MetricPoint("loss", step, -step))]);

        var curve = await Read();

        Assert.InRange(curve.Count, batch > 1 ? MetricLimits.PointsPerCurve / 2 : steps / 50, MetricLimits.PointsPerCurve);
        Assert.Equal(curve.OrderBy(p => p.Step), curve);
        Assert.All(curve, p => Assert.Equal(-p.Step, p.Value));
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.InRange(pair.Second.Step - pair.First.Step, 1, 64));
        Assert.InRange(curve[^1].Step, steps - 50, steps - 1);
    }

    [Fact]
    public async Task AppendAsync_HugeStep_IsKept()
    {
        await Append(1, new("loss", 0, 1), new("loss", long.MaxValue / 2, 2));

        Assert.Equal([0, long.MaxValue / 2], (await Read()).Select(p => p.Step));
    }

    [Fact]
    public async Task AppendAsync_NegativeStep_IsRefused() => await Assert.ThrowsAnyAsync<ArgumentException>(() => Append(1, new MetricPoint("loss", -1, 0)));

    [Theory]
    [InlineData(0)]
    [InlineData(MetricLimits.NameLength + 1)]
    public async Task AppendAsync_NameThatIsNone_IsRefused(int length)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Append(1, new("loss", 1, 0), new(new string('m', length), 1, 0)));
        await Append(1, new MetricPoint(new string('m', MetricLimits.NameLength), 1, 0));

        Assert.Equal([new string('m', MetricLimits.NameLength)], await Store.ListAsync(Trial, default));
    }

    [Theory]
    [InlineData("loss of: a/b {c}*?[d]")]
    [InlineData("Verlust, größter")]
    public async Task AppendAsync_AnyName_IsKeptExactly(string name)
    {
        await Append(1, new MetricPoint(name, 1, 0.5));

        Assert.Equal([name], await Store.ListAsync(Trial, default));
        Assert.Equal([new(1, 0.5, 1)], await Read(name));
    }

    [Fact]
    public async Task AppendAsync_TooManyMetrics_IsRefusedAndWritesNothing()
    {
        await Append(1, [.. Enumerable.Range(0, MetricLimits.CurvesPerTrial).Select(i => new MetricPoint($"m{i}", 1, i))]);

        await Assert.ThrowsAsync<TooManyMetricsException>(() => Append(1, new("m0", 2, 0), new("one-more", 2, 0)));

        Assert.Equal(MetricLimits.CurvesPerTrial, (await Store.ListAsync(Trial, default)).Count);
        Assert.Equal([1], (await Read("m0")).Select(p => p.Step));
        await Append(1, new MetricPoint("m0", 2, 0));
    }

    [Fact]
    public async Task RemoveAsync_Experiment_DropsItsCurvesAlone()
    {
        await Append(1, new MetricPoint("loss", 1, 0));
        await Store.AppendAsync(new AttemptId(Other, 1), [new("loss", 1, 0)], default);

        await Store.RemoveAsync(Trial.Experiment, default);
        await Store.RemoveAsync(new ExperimentId("unknown"), default);

        Assert.Empty(await Read());
        Assert.Empty(await Store.ListAsync(Trial, default));
        Assert.Single(await Store.ReadAsync(Other, "loss", default));
        await Append(1, new MetricPoint("loss", 2, 0));
        Assert.Single(await Read());
    }

    [Fact]
    public async Task AppendAsync_ManyTrialsAtOnce_KeepsEachCurve()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(async trial =>
        {
            await Task.Yield();
            for (var step = 0; step < 10; step++) await Store.AppendAsync(new AttemptId(new TrialId(Trial.Experiment, trial), 1), [new("loss", step, trial)], default);
        })).WaitAsync(Patience);

        for (var trial = 1; trial <= 20; trial++)
        {
            var curve = await Store.ReadAsync(new TrialId(Trial.Experiment, trial), "loss", default);
            Assert.Equal(10, curve.Count);
            Assert.All(curve, p => Assert.Equal(trial, p.Value));
        }
    }

    [Fact]
    public async Task Reopen_AfterAppends_KeepsCurvesAndTheirStride()
    {
        await Append(1, [.. Enumerable.Range(0, 5_000).Select(step => new MetricPoint("loss", step, step))]);
        var before = await Read();

        await ReopenAsync();

        Assert.Equal(before, await Read());
        await Append(1, new MetricPoint("loss", 5_000, 5_000));
        Assert.Equal(5_000, (await Read())[^1].Step);
    }

    private Task Append(int attempt, params MetricPoint[] points) => Store.AppendAsync(new AttemptId(Trial, attempt), points, default).WaitAsync(Patience);

    private Task<IReadOnlyList<CurvePoint>> Read(string metric = "loss") => Store.ReadAsync(Trial, metric, default).WaitAsync(Patience);
}
