using Orchestrator.Checkpoints;
using Orchestrator.Collectives;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Training;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

public sealed class TrialRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trials-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_ToItsEnd_ReportsEachEpochAndKeepsTheNewestAndTheBest()
    {
        var observer = new RecordingObserver();
        var result = Trials.Run(Trials.Small(_folder, 4) with { Checkpoint = new CheckpointSpec(Every: 1, Keep: 1) }, observer);

        Assert.Equal((TrialOutcome.Completed, 4, 36L), (result.Outcome, result.Epoch, result.Step));
        Assert.Equal([1, 2, 3, 4], observer.Epochs.Select(report => report.Epoch));
        Assert.All(observer.Epochs, report => Assert.Equal(
            "samples_per_second train_loss validation_elbo validation_loss",
            string.Join(' ', report.Metrics.Keys.Order(StringComparer.Ordinal))));
        Assert.Equal(observer.Epochs.Max(report => report.Metrics["validation_elbo"]), result.BestMetric);
        Assert.Contains(result.LastCheckpoint, observer.Registered);
        Assert.Equal(observer.Registered.Select(record => new Uri(record.Location).LocalPath).Order(StringComparer.Ordinal), Folders());
        Assert.InRange(observer.Registered.Count, 1, 2);
    }

    [Fact]
    public void Run_Twice_GivesTheSameLossesToTheLastBit()
    {
        var (first, second) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Trials.Small(_folder, 2), first);
        Trials.Run(InAnotherFolder(Trials.Small(_folder, 2)), second);
        AssertSameMetrics(first.Epochs, second.Epochs);
    }

    [Fact]
    public void Run_ForkedFromAnother_BeginsWithItsModelAtTheStartOfAnEpochAndLeavesItsCheckpointsAlone()
    {
        var (parent, fork) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Trials.Small(_folder, 2) with { Checkpoint = new CheckpointSpec(1, 1) }, parent);
        var from = parent.Registered[^1];
        var assignment = InAnotherFolder(Trials.Small(_folder, 4)) with { Checkpoint = new CheckpointSpec(1, 1), ResumeFrom = [from], Seed = 8 };
        assignment = assignment with { Attempt = assignment.Attempt with { Trial = assignment.Attempt.Trial with { Number = 2 } } };

        var result = Trials.Run(assignment, fork);

        Assert.Equal((TrialOutcome.Completed, 4), (result.Outcome, result.Epoch));
        Assert.Equal([3, 4], fork.Epochs.Select(report => report.Epoch));
        Assert.True(fork.Epochs[0].Metrics["train_loss"] < parent.Epochs[0].Metrics["train_loss"]);
        Assert.DoesNotContain(from.Location, fork.Removed);
    }

    [Fact]
    public void Run_ForkedWithAnotherModel_SaysSoInsteadOfBeginningAnew()
    {
        var parent = new RecordingObserver();
        Trials.Run(Trials.Small(_folder, 1), parent);
        var other = InAnotherFolder(Trials.Small(_folder, 3));
        other = other with
        {
            Attempt = other.Attempt with { Trial = other.Attempt.Trial with { Number = 2 } },
            Parameters = new ParameterSet([.. other.Parameters, new("hidden_size", ParameterValue.Of(16L))]),
            ResumeFrom = [parent.Registered[^1]],
        };

        Assert.Equal(CheckpointError.Incompatible, Assert.Throws<CheckpointException>(() => Trials.Run(other, new RecordingObserver())).Error);
    }

    [Fact]
    public void Run_WithAnotherSeed_GivesOtherLosses()
    {
        var (first, second) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Trials.Small(_folder, 1), first);
        Trials.Run(InAnotherFolder(Trials.Small(_folder, 1)) with { Seed = 8 }, second);
        Assert.NotEqual(first.Epochs[0].Metrics["train_loss"], second.Epochs[0].Metrics["train_loss"]);
    }

    [Theory]
    [InlineData(9)] // before the first evaluation
    [InlineData(14)] // within the second epoch
    public void Run_Resumed_GivesTheLossesOfAnUninterruptedRun(int stopAfter)
    {
        var (whole, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(InAnotherFolder(Trials.Small(_folder, 3)), whole);
        var polls = 0;
        first.StopWhen = _ => ++polls == stopAfter ? StopRequest.SaveAndStop : StopRequest.None;
        var stopped = Trials.Run(Trials.Small(_folder, 3), first);
        Assert.Equal((TrialOutcome.Stopped, (long)stopAfter), (stopped.Outcome, stopped.Step));

        var assignment = NextAttempt(Trials.Small(_folder, 3), stopped.LastCheckpoint!);
        var resumed = Trials.Run(assignment, second);

        Assert.Equal((TrialOutcome.Completed, 27L), (resumed.Outcome, resumed.Step));
        Assert.Equal(((stopAfter - 1) / 9, (long)stopAfter, stopped.LastCheckpoint!.Location), (second.Started!.Epoch, second.Started.Step, second.Started.ResumedFrom));
        AssertSameMetrics(whole.Epochs, [.. first.Epochs, .. second.Epochs]);
    }

    [Fact]
    public void Run_WithADamagedCheckpoint_ReportsItAndUsesTheOneBefore()
    {
        var first = new RecordingObserver();
        Trials.Run(Trials.Small(_folder, 2), first);
        var records = first.Registered.OrderByDescending(record => record.Step).ToArray();
        var model = Path.Combine(new Uri(records[0].Location).LocalPath, "model.safetensors");
        File.WriteAllBytes(model, File.ReadAllBytes(model)[..^4]);

        var second = new RecordingObserver();
        Trials.Run(NextAttempt(Trials.Small(_folder, 3), records), second);

        Assert.Equal((records[0], CheckpointError.Damaged), (Assert.Single(second.Refused).Record, second.Refused[0].Reason.Error));
        Assert.Equal((1, 9L), (second.Started!.Epoch, second.Started.Step));
    }

    [Fact]
    public void Run_WithACheckpointOfAnotherModel_ReportsItAndStartsAtTheBeginning()
    {
        var (first, second) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Trials.Small(_folder, 1), first);
        var other = Trials.Small(_folder, 1);
        var parameters = new ParameterSet([.. other.Parameters, new("hidden_size", ParameterValue.Of(33L))]);
        Trials.Run(NextAttempt(other with { Parameters = parameters }, first.Registered[0]), second);
        Assert.Equal(CheckpointError.Incompatible, Assert.Single(second.Refused).Reason.Error);
        Assert.Equal((0, null), (second.Started!.Epoch, second.Started.ResumedFrom));
    }

    [Fact]
    public void Run_ToldToStop_EndsAfterThatStepWithoutACheckpoint()
    {
        var observer = new RecordingObserver();
        var polls = 0;
        observer.StopWhen = _ => ++polls == 3 ? StopRequest.Stop : StopRequest.None;
        var result = Trials.Run(Trials.Small(_folder, 1), observer);
        Assert.Equal((TrialOutcome.Stopped, 0, 3L, (CheckpointRecord?)null), (result.Outcome, result.Epoch, result.Step, result.LastCheckpoint));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_OnSeveralRanks_GivesTheLossesOfOneRank(int worldSize)
    {
        var single = new RecordingObserver();
        Trials.Run(Trials.Small(_folder, 2), single);
        var observers = Observers(worldSize);
        Trials.Run(InAnotherFolder(Trials.Small(_folder, 2)), LocalProcessGroup.Create(worldSize), observers);
        AssertSameUpToSummation(single, observers);
        Assert.NotEmpty(observers[0].Registered);
        Assert.All(observers[1..], observer => Assert.Empty(observer.Registered));
    }

    [Theory]
    [InlineData(CollectiveKind.Gloo)]
    [InlineData(CollectiveKind.Grpc)]
    public async Task Run_OverARealProcessGroup_GivesTheLossesOfOneRank(CollectiveKind kind)
    {
        var single = new RecordingObserver();
        Trials.Run(Trials.Small(_folder, 2), single);
        var observers = Observers(2);
        await using var workers = await Workers.FormAsync(kind, 2);
        Trials.Run(InAnotherFolder(Trials.Small(_folder, 2)), workers.Groups, observers);
        AssertSameUpToSummation(single, observers);
    }

    [Fact]
    public void Run_WhenOneRankIsToldToStop_EndsOnAllRanksAtTheSameStep()
    {
        var observers = Observers(2);
        var polls = 0;
        observers[1].StopWhen = _ => ++polls >= 5 ? StopRequest.Stop : StopRequest.None;
        var results = Trials.Run(Trials.Small(_folder, 2), LocalProcessGroup.Create(2), observers);
        Assert.All(results, result => Assert.Equal((TrialOutcome.Stopped, 5L), (result.Outcome, result.Step)));
    }

    [Fact]
    public void Run_ResumedOnAnotherNumberOfRanks_GoesOnFromTheCheckpoint()
    {
        var (whole, first) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(InAnotherFolder(Trials.Small(_folder, 2)), whole);
        Trials.Run(Trials.Small(_folder, 1), first);
        var observers = Observers(2);
        Trials.Run(NextAttempt(Trials.Small(_folder, 2), first.Registered[0]), LocalProcessGroup.Create(2), observers);
        Assert.All(observers, observer => Assert.Equal(9L, observer.Started!.Step));
        Assert.All(observers, observer => Assert.Equal(1, observer.Epochs[0].Metrics["train_loss"] / whole.Epochs[1].Metrics["train_loss"], 1e-5));
    }

    [Theory]
    [InlineData("task", TrainingException.UnknownTask)]
    [InlineData("parameter", TrainingException.InvalidParameters)]
    [InlineData("dataset", TrainingException.DatasetMissing)]
    [InlineData("kind", TrainingException.DatasetUnsupported)]
    [InlineData("device", TrainingException.DeviceUnavailable)]
    [InlineData("cuda", TrainingException.DeviceUnavailable)]
    public void Run_OfWhatCannotBeTrained_SaysSo(string fault, string code)
    {
        var assignment = Trials.Small(_folder, 1);
        assignment = fault switch
        {
            "task" => assignment with { Task = "vea" },
            "parameter" => assignment with { Parameters = new ParameterSet([new("epochs", ParameterValue.Of(0L))]) },
            "dataset" => assignment with { Dataset = new DatasetSpec("mnist", "/nonexistent") },
            "kind" => assignment with { Dataset = new DatasetSpec("text", _folder) },
            "device" => assignment with { Device = "gpu" },
            _ => assignment with { Device = "cuda" },
        };
        Assert.Equal(code, Assert.Throws<TrainingException>(() => Trials.Run(assignment, new RecordingObserver())).Code);
    }

    [Fact]
    public void Run_WithAnAbsurdLearningRate_SaysThatItDiverged()
    {
        var assignment = Trials.Small(_folder, 3);
        var parameters = new ParameterSet([.. assignment.Parameters, new("learning_rate", ParameterValue.Of(100L)), new("optimizer", ParameterValue.Of("sgd"))]);
        var exception = Assert.Throws<TrainingException>(() => Trials.Run(assignment with { Parameters = parameters }, new RecordingObserver()));
        Assert.Equal(TrainingException.Diverged, exception.Code);
        Assert.Contains("train_loss", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Aborted_EndsAtOnce()
    {
        using var abort = new CancellationTokenSource();
        var observer = new RecordingObserver { StopWhen = _ => Cancel(abort) };
        using var group = new SingleProcessGroup("test");
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new TrialRunner(TaskCatalog.BuiltIn, TimeProvider.System).Run(Trials.Small(_folder, 100), group, observer, observer, abort.Token));
        Assert.Empty(observer.Epochs);
    }

    private static StopRequest Cancel(CancellationTokenSource abort)
    {
        abort.Cancel();
        return StopRequest.None;
    }

    private static RecordingObserver[] Observers(int count) => [.. Enumerable.Range(0, count).Select(_ => new RecordingObserver())];

    private TrialAssignment InAnotherFolder(TrialAssignment assignment) => assignment with { CheckpointFolder = Path.Combine(_folder, "other") };

    private static TrialAssignment NextAttempt(TrialAssignment assignment, params CheckpointRecord[] checkpoints) =>
        assignment with { Attempt = assignment.Attempt with { Number = 2 }, ResumeFrom = checkpoints };

    private static void AssertSameMetrics(List<EpochReport> expected, List<EpochReport> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (left, right) in expected.Zip(actual))
        {
            foreach (var name in new[] { "train_loss", "validation_elbo", "validation_loss" })
                Assert.Equal(left.Metrics[name], right.Metrics[name]);
        }
    }

    private static void AssertSameUpToSummation(RecordingObserver single, RecordingObserver[] ranks)
    {
        foreach (var rank in ranks)
        {
            Assert.Equal(single.Epochs.Count, rank.Epochs.Count);
            foreach (var (expected, actual) in single.Epochs.Zip(rank.Epochs))
            {
                foreach (var name in new[] { "train_loss", "validation_elbo" })
                    Assert.Equal(1, actual.Metrics[name] / expected.Metrics[name], 1e-5);
            }
        }
    }

    private IEnumerable<string> Folders() => Directory.EnumerateDirectories(Path.Combine(_folder, "checkpoints")).Order(StringComparer.Ordinal);
}
