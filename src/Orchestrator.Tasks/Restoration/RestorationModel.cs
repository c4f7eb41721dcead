using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Restoration;

/// <summary>Learns to undo a damage.</summary>
internal sealed class RestorationModel : ITaskModel, IImageReconstructor
{
    internal const string Psnr = "validation_psnr";
    internal const string Ssim = "validation_ssim";
    internal const string BaselinePsnr = "validation_baseline_psnr";
    internal const string BaselineSsim = "validation_baseline_ssim";

    private readonly RestorationLoss _loss;
    private readonly IDamage _damage;
    private readonly RestorationNetwork _network;

    /// <summary>Makes the network.</summary>
    /// <param name="options">How large it is.</param>
    /// <param name="data">The images.</param>
    /// <param name="damage">What to undo.</param>
    /// <exception cref="TrainingException">The images' sides are odd, or too small to be judged.</exception>
    internal RestorationModel(PlainRestorationOptions options, DataShape data, IDamage damage)
    {
        if (data.Input[1] % 2 != 0 || data.Input[2] % 2 != 0 || Math.Min(data.Input[1], data.Input[2]) < StructuralSimilarity.WindowSide)
            throw new TrainingException(TrainingException.DatasetUnsupported, $"Images of {data.Input[1]} x {data.Input[2]} pixels cannot be restored: sides must be even and {StructuralSimilarity.WindowSide} or more.");
        (_loss, _damage) = (options.Loss, damage);
        _network = new RestorationNetwork(damage.InputChannels(data.Input[0]), data.Input[0], options);
        Networks = [new Network("", _network)];
    }

    /// <summary>The names of what evaluations report.</summary>
    internal static IReadOnlyList<string> MetricNames { get; } = [Psnr, Ssim, BaselinePsnr, BaselineSsim];

    public IReadOnlyList<Network> Networks { get; }

    public void Train(TrainingStep step)
    {
        if (step.Batch.Count == 0)
        {
            step.Minimize(Networks[0], _network.parameters().First().sum() * 0); // takes part in what the other ranks agree on
            return;
        }

        var images = step.Batch.Inputs;
        var differences = Restore(_damage.Apply(images, step.Noise)) - images;
        step.Minimize(Networks[0], (_loss == RestorationLoss.Squared ? differences.square() : differences.abs()).mean([1, 2, 3]).sum());
    }

    public void Evaluate(EvaluationStep step)
    {
        var images = step.Batch.Inputs;
        var damaged = _damage.Apply(images, step.Noise);
        Report(step, Psnr, Ssim, Restore(damaged).clamp(0, 1), images);
        Report(step, BaselinePsnr, BaselineSsim, damaged.Baseline.clamp(0, 1), images);
    }

    public IReadOnlyList<Tensor> Reconstruct(Batch batch, NoiseSource noise)
    {
        var damaged = _damage.Apply(batch.Inputs, noise);
        return [damaged.Baseline, Restore(damaged)];
    }

    public void Dispose() => _network.Dispose();

    private static void Report(EvaluationStep step, string psnr, string ssim, Tensor images, Tensor references)
    {
        step.Add(psnr, PeakSignalToNoise.OfEach(images, references).sum().item<float>());
        step.Add(ssim, StructuralSimilarity.OfEach(images, references).sum().item<float>());
    }

    private Tensor Restore(Damaged damaged)
    {
        var change = _network.call(damaged.Input);
        return damaged.Baseline + (damaged.Lost is { } lost ? change * lost : change);
    }
}
