using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.TestKit.Building;
using Xunit;

namespace Orchestrator.TestKit.Journal;

/// <summary>What every journal must do. A back end's tests inherit this and say how to open and reopen one.</summary>
public abstract class ExperimentJournalConformance
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly ExperimentId One = new("one");
    private static readonly ExperimentId Two = new("two");

    /// <summary>The journal under test, empty when a test begins.</summary>
    protected abstract IExperimentJournal Journal { get; }

    /// <summary>Closes the store and opens it again, as a restarted process would; <see cref="Journal"/> is the new one then.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task ReadAsync_UnknownExperiment_GivesNothing() => Assert.Empty(await ReadAll(One));

    [Fact]
    public async Task ListAsync_NoExperiments_GivesNothing() => Assert.Empty(await Journal.ListAsync(default));

    [Fact]
    public async Task AppendAsync_SeveralTimes_ReadsBackInOrderWithVersions()
    {
        Assert.Equal(1, await Append(One, 0, Events.Submitted()));
        Assert.Equal(3, await Append(One, 1, Events.Proposed(1), Events.Started(1)));
        Assert.Equal(4, await Append(One, 3, Events.Reported(1)));

        var read = await ReadAll(One);

        Assert.Equal([1, 2, 3, 4], read.Select(r => r.Version));
        Assert.Equal([typeof(ExperimentSubmitted), typeof(TrialProposed), typeof(AttemptStarted), typeof(TrialReported)], read.Select(r => r.Event.GetType()));
    }

    [Theory]
    [MemberData(nameof(EveryEvent))]
    public async Task AppendAsync_AnyEvent_ReadsBackTheSame(ExperimentEvent written)
    {
        await Append(One, 0, written);

        var (_, read) = Assert.Single(await ReadAll(One));

        Assert.Equal(ExperimentEventJson.Serialize(written), ExperimentEventJson.Serialize(read));
        Assert.Equal(written.GetType(), read.GetType());
    }

    [Fact]
    public async Task ReadAsync_AfterVersion_SkipsWhatIsBefore()
    {
        await Append(One, 0, [.. Events.Reports(10)]);

        Assert.Equal([8, 9, 10], (await ReadAll(One, afterVersion: 7)).Select(r => r.Version));
        Assert.Empty(await ReadAll(One, afterVersion: 10));
        Assert.Empty(await ReadAll(One, afterVersion: 99));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AppendAsync_WrongVersion_TellsTheActualOneAndWritesNothing(long expected)
    {
        await Append(One, 0, Events.Submitted(), Events.Proposed(1));

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(() => Append(One, expected, Events.Started(1)));

        Assert.Equal((expected, 2), (conflict.Expected, conflict.Actual));
        Assert.Equal(2, (await ReadAll(One)).Count);
    }

    [Fact]
    public async Task AppendAsync_WrongVersionOfUnknownExperiment_TellsZeroAndListsNothing()
    {
        var conflict = await Assert.ThrowsAsync<JournalConflictException>(() => Append(One, 5, Events.Submitted()));

        Assert.Equal(0, conflict.Actual);
        Assert.Empty(await Journal.ListAsync(default));
    }

    [Fact]
    public async Task AppendAsync_AfterConflict_GoesOnAtTheToldVersion()
    {
        await Append(One, 0, Events.Submitted());
        var conflict = await Assert.ThrowsAsync<JournalConflictException>(() => Append(One, 0, Events.Proposed(1)));

        Assert.Equal(2, await Append(One, conflict.Actual, Events.Proposed(1)));
    }

    [Fact]
    public async Task AppendAsync_NoEvents_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(() => Append(One, 0));

    [Fact]
    public async Task AppendAsync_NegativeVersion_IsRefused() => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Append(One, -1, Events.Submitted()));

    [Fact]
    public async Task AppendAsync_RacingAppendersOfOneVersion_ExactlyOneWins()
    {
        const int appenders = 16;
        await Append(One, 0, Events.Submitted());
        for (var version = 1; version <= 10; version++)
        {
            var outcomes = await AtOnce(appenders, racer => TryAppend(version, racer));
            Assert.Equal(1, outcomes.Count(won => won));
        }
        Assert.Equal(11, (await ReadAll(One)).Count);
    }

    [Fact]
    public async Task AppendAsync_RacingBatches_AreNeverInterleaved()
    {
        const int appenders = 8, batches = 10, size = 5;
        await AtOnce(appenders, async appender =>
        {
            var version = 0L;
            for (var batch = 0; batch < batches;)
            {
                try
                {
                    version = await Append(One, version, [.. Enumerable.Range(0, size).Select(i => Events.Reported(appender + 1, batch + 1, i + 1))]);
                    batch++;
                }
                catch (JournalConflictException e)
                {
                    version = e.Actual;
                }
            }
            return true;
        });

        var reports = (await ReadAll(One)).Select(r => (TrialReported)r.Event).ToList();

        Assert.Equal(appenders * batches * size, reports.Count);
        Assert.All(reports.Chunk(size), chunk => Assert.Equal([1, 2, 3, 4, 5], chunk.Where(r => r.Trial == chunk[0].Trial && r.Attempt == chunk[0].Attempt).Select(r => r.Sequence)));
    }

    [Fact]
    public async Task AppendAsync_ManyExperimentsAtOnce_EachKeepsItsOwnOrder()
    {
        const int experiments = 50, events = 20;
        await AtOnce(experiments, async number =>
        {
            for (var version = 0; version < events; version++) await Append(new ExperimentId($"many-{number}"), version, Events.Reported(number + 1, sequence: version + 1));
            return true;
        });

        Assert.Equal(experiments, (await Journal.ListAsync(default)).Distinct().Count());
        for (var number = 0; number < experiments; number++)
        {
            var reports = (await ReadAll(new ExperimentId($"many-{number}"))).Select(r => (TrialReported)r.Event).ToList();
            Assert.All(reports, r => Assert.Equal(number + 1, r.Trial));
            Assert.Equal(Enumerable.Range(1, events).Select(i => (long)i), reports.Select(r => r.Sequence));
        }
    }

    [Fact]
    public async Task ListAsync_SeveralExperiments_IsInTheOrderOfTheirFirstEvent()
    {
        await Append(Two, 0, Events.Submitted());
        await Append(One, 0, Events.Submitted());
        await Append(Two, 1, Events.Proposed(1));

        Assert.Equal([Two, One], await Journal.ListAsync(default));
    }

    [Fact]
    public async Task AppendAsync_LargeEvent_ReadsBackWhole()
    {
        var source = string.Concat(Enumerable.Repeat("# ключ: значение 🙂\n", 100_000));
        await Append(One, 0, Events.Submitted(source: source));

        var submitted = Assert.IsType<ExperimentSubmitted>(Assert.Single(await ReadAll(One)).Event);

        Assert.Equal(source, submitted.Source);
    }

    [Fact]
    public async Task ReadAsync_LongJournal_ReadsAllOfIt()
    {
        await Append(One, 0, [.. Events.Reports(3_000)]);

        Assert.Equal(Enumerable.Range(1, 3_000).Select(i => (long)i), (await ReadAll(One)).Select(r => r.Version));
    }

    [Fact]
    public async Task AppendAsync_Cancelled_ThrowsAndWritesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.AppendAsync(One, 0, [Events.Submitted()], cancelled));

        Assert.Empty(await ReadAll(One));
    }

    [Fact]
    public async Task ReadAsync_CancelledBetweenEvents_Throws()
    {
        await Append(One, 0, [.. Events.Reports(2_000)]);
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Journal.ReadAsync(One, 0, cancel.Token)) await cancel.CancelAsync();
        });
    }

    [Fact]
    public async Task Reopen_AfterAppends_SeesEverythingAndGoesOn()
    {
        await Append(Two, 0, Events.Submitted());
        await Append(One, 0, Events.Submitted(), Events.Proposed(1));

        await ReopenAsync();

        Assert.Equal([Two, One], await Journal.ListAsync(default));
        Assert.Equal(2, (await ReadAll(One)).Count);
        Assert.Equal(3, await Append(One, 2, Events.Started(1)));
    }

    [Fact]
    public async Task RemoveAsync_AtItsVersion_LeavesNothingAndOthersAlone()
    {
        await Append(One, 0, [.. Events.Reports(600)]);
        await Append(Two, 0, Events.Submitted());

        await Remove(One, 600);

        Assert.Empty(await ReadAll(One));
        Assert.Equal([Two], await Journal.ListAsync(default));
        Assert.Single(await ReadAll(Two));
    }

    [Fact]
    public async Task RemoveAsync_WrongVersion_TellsTheActualOneAndRemovesNothing()
    {
        await Append(One, 0, Events.Submitted(), Events.Proposed(1));

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(() => Remove(One, 1));

        Assert.Equal((1, 2), (conflict.Expected, conflict.Actual));
        Assert.Equal(2, (await ReadAll(One)).Count);
        Assert.Equal([One], await Journal.ListAsync(default));
    }

    [Fact]
    public async Task RemoveAsync_UnknownOrRemoved_DoesNothing()
    {
        await Append(One, 0, Events.Submitted());
        await Remove(One, 1);

        await Remove(One, 1);
        await Remove(Two, 1);

        Assert.Equal(1, await Append(Two, 0, Events.Submitted()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task AppendAsync_Removed_ConflictsForEver(long expected)
    {
        await Append(One, 0, Events.Submitted(), Events.Proposed(1));
        await Remove(One, 2);
        await ReopenAsync();

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(() => Append(One, expected, Events.Submitted()));

        Assert.Equal(JournalConflictException.Removed, conflict.Actual);
        Assert.Empty(await ReadAll(One));
        Assert.Empty(await Journal.ListAsync(default));
    }

    [Fact]
    public async Task RemoveAsync_RacingWithAnAppend_OneOfThemConflicts()
    {
        await Append(One, 0, Events.Submitted());

        var outcomes = await AtOnce(2, async racer =>
        {
            try
            {
                if (racer == 0) await Remove(One, 1);
                else await Append(One, 1, Events.Proposed(1));
                return true;
            }
            catch (JournalConflictException)
            {
                return false;
            }
        });

        Assert.Single(outcomes, won => won);
        Assert.Equal(outcomes[0] ? 0 : 2, (await ReadAll(One)).Count);
    }

    public static TheoryData<ExperimentEvent> EveryEvent() =>
    [
        Events.Submitted(new ExperimentSpecBuilder().Asha().Maximize("accuracy").DeviceHours(1.5).Build()),
        Events.Proposed(1, 1e-300),
        Events.Started(1, 2, "a", "b"),
        Events.Reported(1, loss: double.NaN),
        Events.Reported(1, loss: double.PositiveInfinity),
        new AttemptEnded(Events.At, 1, 2, AttemptOutcome.Failed, "line 1\nline \"2\"", 137, "tail\0 of a log ñ"),
        Events.TrialEnded(1, TrialStatus.Stopped, "rung 3"),
        new ExperimentStopped(Events.At, "asked to"),
        new ExperimentResumed(Events.At.AddTicks(1)),
        new ExperimentEnded(Events.At, ExperimentStatus.Completed, "All trials ended."),
        new ExperimentDeleted(Events.At, "ann", KeepsCheckpoints: true),
    ];

    private Task<long> Append(ExperimentId experiment, long expected, params ExperimentEvent[] events) =>
        Journal.AppendAsync(experiment, expected, events, default).WaitAsync(Patience);

    private Task Remove(ExperimentId experiment, long expected) => Journal.RemoveAsync(experiment, expected, default).WaitAsync(Patience);

    private async Task<bool> TryAppend(long version, int racer)
    {
        try
        {
            await Append(One, version, Events.Reported(1, sequence: racer + 1));
            return true;
        }
        catch (JournalConflictException e)
        {
            Assert.Equal(version + 1, e.Actual);
            return false;
        }
    }

    private async Task<List<(long Version, ExperimentEvent Event)>> ReadAll(ExperimentId experiment, long afterVersion = 0)
    {
        using var patience = new CancellationTokenSource(Patience);
        var all = new List<(long, ExperimentEvent)>();
        await foreach (var item in Journal.ReadAsync(experiment, afterVersion, patience.Token)) all.Add(item);
        return all;
    }

    /// <summary>Runs some calls that all begin together.</summary>
    private static async Task<T[]> AtOnce<T>(int count, Func<int, Task<T>> call)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, count).Select(async i =>
        {
            await start.Task;
            return await call(i);
        }).ToArray();
        start.SetResult();
        return await Task.WhenAll(calls).WaitAsync(Patience);
    }
}
