using Orchestrator.Collectives;
using Orchestrator.Domain.Parameters;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests.Elastic;

/// <summary>A rank is lost in an all-reduce, and the others go on from memory. All-reduce 0 is the first agreement; a small trial has 9 steps an epoch, then one evaluation.</summary>
public sealed class ElasticTests : IDisposable
{
    private const int MidEpoch = 5, Evaluation = 10, InSecondEpoch = 15;

    private readonly string _folder = Directory.CreateTempSubdirectory("elastic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(MidEpoch, Fate.Fails, Fate.Fails, Fate.Dies)]
    [InlineData(MidEpoch, Fate.Dies, Fate.Fails, Fate.Succeeds)]
    [InlineData(InSecondEpoch, Fate.Succeeds, Fate.Dies, Fate.Fails)]
    [InlineData(InSecondEpoch, Fate.Dies, Fate.Fails, Fate.Fails)]
    [InlineData(Evaluation, Fate.Fails, Fate.Dies, Fate.Fails)]
    [InlineData(Evaluation, Fate.Succeeds, Fate.Fails, Fate.Dies)]
    [InlineData(Evaluation, Fate.Dies, Fate.Fails, Fate.Succeeds)]
    internal void Run_LosesARank_TheOthersEndWithTheSameLosses(int breakAt, Fate first, Fate second, Fate third)
    {
        var undisturbed = new RecordingObserver();
        Trials.Run(Trials.Small(Path.Combine(_folder, "undisturbed"), 3), undisturbed);

        var left = RunBroken(Trials.Small(_folder, 3), breakAt, first, second, third);

        Assert.Equal(2, left.Count);
        Assert.All(left, observer =>
        {
            // A rank that failed in an evaluation which others ended is told of it.
            var epochs = observer.Epochs.Concat(Assert.Single(observer.Regrouped).Epochs).DistinctBy(e => e.Epoch).OrderBy(e => e.Epoch).ToList();
            Assert.Equal(undisturbed.Epochs.Select(e => (e.Epoch, e.Step)), epochs.Select(e => (e.Epoch, e.Step)));
            foreach (var (expected, actual) in undisturbed.Epochs.Zip(epochs))
            {
                foreach (var metric in (string[])["train_loss", "validation_elbo"]) Assert.Equal(1, actual.Metrics[metric] / expected.Metrics[metric], 1e-5);
            }
        });
    }

    [Fact]
    public void Run_LosesTheFirstRank_TheNextOneSavesUnderNamesOfItsOwn()
    {
        var left = RunBroken(Trials.Small(_folder, 3), InSecondEpoch, Fate.Dies, Fate.Fails, Fate.Fails);

        Assert.Equal([(0, 2), (1, 2)], left.Select(o => (o.Regrouped[0].Rank, o.Regrouped[0].WorldSize)));
        Assert.Equal([2, 3], left[0].Registered.Select(r => r.Epoch));
        Assert.All(left[0].Registered, record => Assert.EndsWith("-generation-002", record.Location, StringComparison.Ordinal));
        Assert.Empty(left[1].Registered);
    }

    /// <summary>The step of a GAN has two updates: the one that some ranks have taken is not taken again.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Run_LosesARankBetweenTheUpdatesOfAStep_TheOthersEndWithTheSameLosses(int breakAt)
    {
        var undisturbed = new RecordingObserver();
        Trials.Run(Gan("undisturbed"), undisturbed);

        var left = RunBroken(Gan("broken"), breakAt, Fate.Dies, Fate.Succeeds, Fate.Fails);

        foreach (var metric in (string[])["train_generator_loss", "train_discriminator_loss"])
            Assert.All(left, o => Assert.Equal(undisturbed.Epochs[0].Metrics[metric], o.Epochs[0].Metrics[metric], 1e-2));
    }

    [Fact]
    public void Run_IsNotElastic_EndsWithTheFailure()
    {
        var groups = LocalProcessGroup.Create(2);
        IProcessGroup[] breaking = [new BreakingProcessGroup(groups[0], MidEpoch, Fate.Fails), new BreakingProcessGroup(groups[1], MidEpoch, Fate.Fails)];

        var failed = Assert.Throws<AggregateException>(() => Trials.Run(Trials.Small(_folder, 1), breaking, [new RecordingObserver(), new RecordingObserver()]));

        Assert.All(failed.InnerExceptions, e => Assert.IsType<CollectiveException>(e));
    }

    /// <summary>Before the first agreement the first rank alone has a state: without it, who takes its place begins like it.</summary>
    [Fact]
    public void Run_LosesTheFirstRankBeforeItsFirstStep_TheOthersBegin()
    {
        var undisturbed = new RecordingObserver();
        Trials.Run(Trials.Small(Path.Combine(_folder, "undisturbed"), 1), undisturbed);

        var left = RunBroken(Trials.Small(_folder, 1), 0, Fate.Dies, Fate.Fails, Fate.Fails);

        Assert.All(left, o => Assert.Equal(1, o.Epochs[0].Metrics["train_loss"] / undisturbed.Epochs[0].Metrics["train_loss"], 1e-5));
    }

    /// <summary>Runs ranks whose group breaks; those that are left go on in a second generation.</summary>
    /// <returns>What those observed, in their new order.</returns>
    private static List<RecordingObserver> RunBroken(TrialAssignment assignment, int breakAt, params Fate[] fates)
    {
        var first = LocalProcessGroup.Create(fates.Length);
        var second = LocalProcessGroup.Create(fates.Count(fate => fate != Fate.Dies));
        List<RecordingObserver> left = [];
        List<Task> ranks = [];
        for (var rank = 0; rank < fates.Length; rank++)
        {
            var observer = new RecordingObserver();
            var group = new BreakingProcessGroup(first[rank], breakAt, fates[rank]);
            var isLost = fates[rank] == Fate.Dies;
            var regrouping = new FixedRegrouping(assignment, isLost ? [] : [second[left.Count]]);
            if (!isLost) left.Add(observer);
            ranks.Add(Task.Factory.StartNew(() => Run(group, observer, regrouping, isLost), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }

        Assert.True(Task.WaitAll([.. ranks], TimeSpan.FromMinutes(5)));
        return left;

        void Run(IProcessGroup group, RecordingObserver observer, IRegrouping regrouping, bool isLost)
        {
            if (isLost) Assert.Throws<OperationCanceledException>(() => Trials.Run(assignment, group, observer, regrouping));
            else Assert.Equal(TrialOutcome.Completed, Trials.Run(assignment, group, observer, regrouping).Outcome);
        }
    }

    private TrialAssignment Gan(string folder) => Trials.Assign(
        Path.Combine(_folder, folder),
        SmallDigits.Create(Path.Combine(_folder, "data")),
        ("epochs", ParameterValue.Of(1L)),
        ("batch_size", ParameterValue.Of(64L))) with { Task = "gan" };
}
