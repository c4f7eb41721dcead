using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tasks;

/// <summary>One batch of the validation set, as a task sees it.</summary>
public sealed class EvaluationStep
{
    private readonly NoiseSource _noise;
    private readonly Action<string, double> _add;

    internal EvaluationStep(Batch batch, NoiseSource noise, Action<string, double> add) => (Batch, _noise, _add) = (batch, noise, add);

    /// <summary>The rows to judge.</summary>
    public Batch Batch { get; }

    /// <summary>Noise for the rows of the batch; the same for a row in every evaluation of a trial.</summary>
    public NoiseSource Noise => _noise;

    /// <summary>Standard normal noise, rows of the batch x <paramref name="shape"/>; the same for a row in every evaluation of a trial.</summary>
    public Tensor Normal(params long[] shape) => _noise.Normal(Batch.Count, shape);

    /// <summary>Noise from 0 to 1, rows of the batch x <paramref name="shape"/>; the same for a row in every evaluation of a trial.</summary>
    public Tensor Uniform(params long[] shape) => _noise.Uniform(Batch.Count, shape);

    /// <summary>Adds to a metric, which is then reported as its mean over all rows of the validation set.</summary>
    /// <param name="metric">One of the task's validation metrics.</param>
    /// <param name="sum">The metric summed over the rows of the batch.</param>
    public void Add(string metric, double sum) => _add(metric, sum);
}
