using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Tests.Search;

public sealed class EarlierTrialReaderTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private readonly EarlierTrialReader _reader = new(new MetricSpec("loss", Goal.Minimize));

    [Fact]
    public void Read_FinishedTrials_HaveTheirBestMetricAndTheirEnd()
    {
        Begin(1);
        Report(1, epoch: 1, loss: 0.5);
        Report(1, epoch: 2, loss: 0.3);
        Report(1, epoch: 3, loss: 0.4);
        Begin(2);
        Report(2, epoch: 1, loss: 0.9);
        End(2, TrialStatus.Stopped);
        End(1, TrialStatus.Completed);

        Assert.Equal([0.9, 0.3], _reader.Trials.Select(t => t.Metric));
        Assert.Equal([1, null], _reader.Trials.Select(t => t.StoppedAt));
        Assert.Equal(0.4, _reader.Trials[1].Metrics!["loss"]);
    }

    [Fact]
    public void Read_FailedWithoutReport_MeasuredNothingAndOthersAreLeftOut()
    {
        Begin(1);
        End(1, TrialStatus.Failed);
        Begin(2);
        End(2, TrialStatus.Cancelled);
        Begin(3);

        Assert.Null(Assert.Single(_reader.Trials).Metric);
    }

    [Fact]
    public void Read_TrainedAgainFromACheckpoint_CountsNoReportTwice()
    {
        Begin(1);
        Report(1, epoch: 2, loss: 0.5);
        Report(1, epoch: 1, loss: 0.1);
        End(1, TrialStatus.Completed);

        Assert.Equal(0.5, _reader.Trials[0].Metric);
    }

    [Fact]
    public void Read_ManyTrials_KeepsTheNewest()
    {
        for (var trial = 1; trial <= EarlierTrialReader.MostTrials + 5; trial++)
        {
            Begin(trial);
            Report(trial, 1, trial);
            End(trial, TrialStatus.Completed);
        }

        Assert.Equal(EarlierTrialReader.MostTrials, _reader.Trials.Count);
        Assert.Equal(6, _reader.Trials[0].Metric);
    }

    private void Begin(int trial) => _reader.Read(new TrialProposed(At, trial, new ParameterSet([new("x", ParameterValue.Of((long)trial))]), trial));

    private void Report(int trial, int epoch, double loss) =>
        _reader.Read(new TrialReported(At, trial, 1, epoch, epoch, epoch, new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = loss }));

    private void End(int trial, TrialStatus status) => _reader.Read(new TrialEnded(At, trial, status, null));
}
