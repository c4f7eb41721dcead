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
    private const int Root = 0;

    private readonly TrialSetup _setup;
    private readonly IDataset _dataset;
    private readonly IProcessGroup _group;
    private readonly Device _device;
    private readonly long _seed;
    private readonly string[] _metrics;
    private readonly double[] _sums;
    private readonly BatchBuffer _buffer;

    /// <summary>Prepares.</summary>
    /// <param name="setup">The trial, with its validation set.</param>
    internal Evaluator(TrialSetup setup)
    {
        (_setup, _dataset, _group, _device, _seed) = (setup, setup.Data.Validation, setup.Group, setup.Device, setup.Assignment.Seed);
        _metrics = [.. setup.ValidationMetrics];
        _sums = GC.AllocateArray<double>(_metrics.Length, pinned: true);
        _buffer = new BatchBuffer(_dataset, Math.Min(BatchSize, _dataset.Count));
    }

    /// <summary>Means of the metrics over the validation set, and what the model's samples are worth; the same on every rank.</summary>
    internal Dictionary<string, double> Evaluate(ITaskModel model, CancellationToken abort)
    {
        Array.Clear(_sums);
        model.SetTraining(false);
        using (no_grad())
        {
            EvaluateShare(model, abort);
            if (model is ISampledModel sampled && _group.Rank == Root)
                JudgeSamples(sampled, abort);
        }

        model.SetTraining(true);
        if (_group.WorldSize > 1)
            Waiting.For(_group.AllReduceAsync(ReduceBuffer.From(_sums), ReduceOperation.Sum, abort));
        var means = new Dictionary<string, double>(_metrics.Select((name, i) => KeyValuePair.Create(name, _sums[i] / _dataset.Count)), StringComparer.Ordinal);
        if (model is ISummarizedModel summarized)
            summarized.Summarize(means);
        return means;
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

    /// <summary>One rank alone: samples have no rows to share. What it finds stands for the whole set.</summary>
    private void JudgeSamples(ISampledModel model, CancellationToken abort)
    {
        using var scope = NewDisposeScope();
        var noise = new NoiseSource(RandomSeeds.Of(_seed, RandomPurpose.EvaluationNoise, -1), 0, _device);
        model.JudgeSamples(new SampleJudgement(_setup.Data, _device, noise, _setup.CacheFolder, Report, abort));

        void Report(string metric, double value) => Add(metric, value * _dataset.Count);
    }

    private void Add(string metric, double sum)
    {
        var index = Array.IndexOf(_metrics, metric);
        if (index < 0)
            throw new ArgumentException($"The task did not announce the validation metric '{metric}'.", nameof(metric));
        _sums[index] += sum;
    }
}
