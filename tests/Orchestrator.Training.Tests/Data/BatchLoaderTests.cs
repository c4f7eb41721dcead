using Orchestrator.Training.Data;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Data;

public sealed class BatchLoaderTests
{
    private static readonly BatchPlan Plan = new(10, 4, 1, 0, 1);

    [Fact]
    public void Next_OverTwoEpochs_GivesEveryRowOncePerEpoch()
    {
        var rows = Load(0, 0, 2);
        Assert.Equal(Enumerable.Range(0, 10), rows[..10].Order());
        Assert.Equal(Enumerable.Range(0, 10), rows[10..].Order());
        Assert.NotEqual(rows[..10], rows[10..]);
    }

    [Fact]
    public void Next_FromTheMiddleOfAnEpoch_GoesOnAsWithoutInterruption() => Assert.Equal(Load(0, 0, 3)[(10 + 8)..], Load(1, 2, 3));

    [Fact]
    public void Next_WhenTheDataFails_SaysWhy()
    {
        using var loader = new BatchLoader(new CountingDataset(10, poison: 5), Plan, 0, 0, 1, TimeProvider.System);
        var exception = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < Plan.BatchesPerEpoch; i++)
                loader.Next(CancellationToken.None);
        });
        Assert.Contains("poisoned", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_WhenAborted_Ends()
    {
        using var loader = new BatchLoader(new CountingDataset(10), Plan, 0, 0, 1, TimeProvider.System);
        Assert.ThrowsAny<OperationCanceledException>(() => loader.Next(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Dispose_WhileLoading_Ends() => new BatchLoader(new CountingDataset(10), Plan, 0, 0, 1000, TimeProvider.System).Dispose();

    [Fact]
    public void Waited_WhenABatchIsLate_HasTheTimeUntilItCame()
    {
        using var gate = new ManualResetEventSlim();
        using var loader = new BatchLoader(new LateDataset(gate), Plan, 0, 0, 1, new OpeningClock(gate));
        Assert.Equal(TimeSpan.Zero, loader.Waited);
        loader.Next(CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(1), loader.Waited);
    }

    /// <summary>Gives no row before its gate is open.</summary>
    private sealed class LateDataset(ManualResetEventSlim gate) : IDataset
    {
        private readonly CountingDataset _rows = new(10);

        public int Count => _rows.Count;

        public RowLayout Inputs => _rows.Inputs;

        public RowLayout Labels => _rows.Labels;

        public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
        {
            gate.Wait(TimeSpan.FromMinutes(5));
            _rows.CopyRows(rows, inputs, labels);
        }
    }

    /// <summary>A second passes from one look at it to the next; the first look opens the gate.</summary>
    private sealed class OpeningClock(ManualResetEventSlim gate) : TimeProvider
    {
        private long _seconds;

        public override long GetTimestamp()
        {
            gate.Set();
            return ++_seconds * TimestampFrequency;
        }
    }

    private static List<int> Load(int epoch, int batch, int epochs)
    {
        using var loader = new BatchLoader(new CountingDataset(10), Plan, epoch, batch, epochs, TimeProvider.System);
        var rows = new List<int>();
        for (var left = (epochs * Plan.BatchesPerEpoch) - (epoch * Plan.BatchesPerEpoch) - batch; left > 0; left--)
        {
            using var scope = NewDisposeScope();
            var (inputs, labels, count) = loader.Next(CancellationToken.None).On(CPU);
            Assert.Equal([count, 1], inputs.shape);
            var values = inputs.data<float>().ToArray().Select(value => (int)value).ToList();
            Assert.Equal(values.Select(value => 2L * value), labels.data<long>().ToArray());
            rows.AddRange(values);
        }

        return rows;
    }
}
