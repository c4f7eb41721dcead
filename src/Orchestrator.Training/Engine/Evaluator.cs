using Orchestrator.Collectives;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>Judges a model on the validation set; each rank takes every n-th batch, and the sums are combined.</summary>
internal sealed class Evaluator : IDisposable
{
    private const int BatchSize = 500;

    private readonly IDataset _dataset;
    private readonly IProcessGroup _group;
    private readonly Device _device;
    private readonly long _seed;
    private readonly string[] _metrics;
    private readonly double[] _sums;
    private readonly BatchBuffer _buffer;

    /// <summary>Prepares.</summary>
    /// <param name="dataset">The validation set.</param>
    /// <param name="metrics">Metrics that the task adds to.</param>
    /// <param name="group">The ranks.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="seed">The trial's seed.</param>
    internal Evaluator(IDataset dataset, IEnumerable<string> metrics, IProcessGroup group, Device device, long seed)
    {
        (_dataset, _group, _device, _seed) = (dataset, group, device, seed);
        _metrics = [.. metrics];
        _sums = GC.AllocateArray<double>(_metrics.Length, pinned: true);
        _buffer = new BatchBuffer(dataset, Math.Min(BatchSize, dataset.Count));
    }

    /// <summary>Means of the metrics over the validation set; the same on every rank.</summary>
    internal IEnumerable<KeyValuePair<string, double>> Evaluate(ITaskModel model, CancellationToken abort)
    {
        Array.Clear(_sums);
        foreach (var network in model.Networks)
            network.Module.eval();
        using (no_grad())
            EvaluateShare(model, abort);
        foreach (var network in model.Networks)
            network.Module.train();
        if (_group.WorldSize > 1)
            Waiting.For(_group.AllReduceAsync(ReduceBuffer.From(_sums), ReduceOperation.Sum, abort));
        return _metrics.Select((name, i) => KeyValuePair.Create(name, _sums[i] / _dataset.Count));
    }

    public void Dispose() => _buffer.Dispose();

    private void EvaluateShare(ITaskModel model, CancellationToken abort)
    {
        for (var start = _group.Rank * BatchSize; start < _dataset.Count; start += _group.WorldSize * BatchSize)
        {
            abort.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            _buffer.Fill([.. Enumerable.Range(start, Math.Min(BatchSize, _dataset.Count - start))]);
            var noise = new NoiseSource(RandomSeeds.Of(_seed, RandomPurpose.EvaluationNoise), start, _device);
            model.Evaluate(new EvaluationStep(_buffer.On(_device), noise, Add));
        }
    }

    private void Add(string metric, double sum)
    {
        var index = Array.IndexOf(_metrics, metric);
        if (index < 0)
            throw new ArgumentException($"The task did not announce the validation metric '{metric}'.", nameof(metric));
        _sums[index] += sum;
    }
}
