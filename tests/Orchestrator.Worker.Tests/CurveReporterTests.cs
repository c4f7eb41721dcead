using Google.Protobuf.Collections;
using Orchestrator.Domain.Metrics;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Time;
using Orchestrator.Worker.Attempts;
using Orchestrator.Worker.Connection;

namespace Orchestrator.Worker.Tests;

public sealed class CurveReporterTests : IDisposable
{
    private static readonly Attempt Attempt = new() { Experiment = "e-1", Trial = 1, Number = 1 };

    private readonly FakeTimeProvider _time = new();
    private readonly Outbox _outbox = new(limit: 4);
    private readonly CurveReporter _reporter;
    private long _sequence;

    public CurveReporterTests() => _reporter = new CurveReporter(Attempt, _outbox, () => ++_sequence, _time, CancellationToken.None);

    public void Dispose() => _outbox.Dispose();

    [Fact]
    public void Add_PointsThatAreNotDue_Wait()
    {
        Add(from: 1, count: CurveReporter.BatchPoints - 1);
        Assert.Null(_outbox.TakeNext());

        Add(from: 1000, count: 1);

        Assert.Equal(CurveReporter.BatchPoints, Assert.Single(_outbox.TakeNext()!.Measured.Series).Steps.Count);
    }

    [Fact]
    public void Add_OldestHasWaitedLongEnough_SendsAll()
    {
        Add(from: 1, count: 2);
        _time.Advance(CurveReporter.BatchTime);
        Add(from: 3, count: 1);

        var measured = _outbox.TakeNext()!.Measured;
        Assert.Equal((Attempt, 1L), (measured.Attempt, measured.Sequence));
        Assert.Equal([1, 2, 3], Assert.Single(measured.Series).Steps);
        Assert.Equal([-1, -2, -3], measured.Series[0].Values);
    }

    [Fact]
    public void Add_BatchIsNotAcknowledged_SendsNoOtherBeforeItIs()
    {
        Add(from: 0, count: 4 * CurveReporter.BatchPoints);
        Assert.Equal(1, _outbox.Count);

        _outbox.TakeNext();
        _outbox.Acknowledge(new Acknowledge { Attempt = Attempt, Sequence = 1 });
        Add(from: 4 * CurveReporter.BatchPoints, count: 1);

        Assert.Equal(3 * CurveReporter.BatchPoints + 1, Assert.Single(_outbox.TakeNext()!.Measured.Series).Steps.Count);
    }

    [Fact]
    public void End_PointsWait_AreSentWhateverIsUnderWay()
    {
        Add(from: 0, count: CurveReporter.BatchPoints + 7);
        _reporter.End();
        _reporter.End();

        Assert.Equal(2, _outbox.Count);
        _outbox.TakeNext();
        Assert.Equal(7, Assert.Single(_outbox.TakeNext()!.Measured.Series).Steps.Count);
    }

    [Fact]
    public void Buffer_CoordinatorIsAwayForLong_KeepsAWholeCurveOfBoundedSize()
    {
        var buffer = new CurveBuffer(limit: 8);
        for (var step = 1; step <= 1000; step++) buffer.Add(new MetricPoint("loss", step, step));

        var steps = Assert.Single(Take(buffer)).Steps;
        Assert.InRange(steps.Count, 4, 8);
        Assert.Equal(1000, steps[^1]);
        Assert.InRange(steps[0], 1, 256);
        Assert.Equal(steps.Order(), steps);
        Assert.Equal(0, buffer.Count);
    }

    [Fact]
    public void Buffer_NamesBeyondTheLimits_AreLeftOut()
    {
        var buffer = new CurveBuffer();
        buffer.Add(new MetricPoint(new string('m', MetricLimits.NameLength + 1), 1, 0));
        for (var i = 0; i < MetricLimits.CurvesPerTrial + 5; i++) buffer.Add(new MetricPoint($"m{i}", 1, 0));

        Assert.Equal(MetricLimits.CurvesPerTrial, buffer.Count);
        Assert.Equal(MetricLimits.CurvesPerTrial, Take(buffer).Count);
        Assert.Empty(Take(buffer));
    }

    [Fact]
    public void Buffer_HasGrown_TakesPointsWithoutAllocating()
    {
        var buffer = new CurveBuffer(limit: 64);
        Fill(buffer);
        Take(buffer);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill(buffer);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Fill(CurveBuffer buffer)
        {
            for (var step = 0; step < 500; step++) buffer.Add(new MetricPoint("loss", step, step));
        }
    }

    private void Add(int from, int count)
    {
        for (var step = from; step < from + count; step++) _reporter.Add(new MetricPoint("loss", step, -step));
    }

    private static RepeatedField<Series> Take(CurveBuffer buffer)
    {
        var series = new RepeatedField<Series>();
        buffer.MoveTo(series);
        return series;
    }
}
