using Orchestrator.Tasks.Vae;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.AudioVae;

/// <summary>Trains an autoencoder on the evidence lower bound of spectrograms, in nats per clip; its pixels are normally distributed.</summary>
internal sealed class AudioVaeModel : ITaskModel, ISoundSampler, IImageReconstructor, ILatentModel
{
    internal const string ValidationElbo = "validation_elbo";
    internal const string ValidationMse = "validation_mse";

    private readonly AudioVaeOptions _options;
    private readonly VaeNetwork _module;

    internal AudioVaeModel(AudioVaeOptions options, DataShape data)
    {
        (_options, SampleRate) = (options, data.SampleRate);
        _module = new VaeNetwork(data.InputElements, options.HiddenSize, options.LatentSize, classes: 0);
        Networks = [new Network("", _module)];
    }

    public IReadOnlyList<Network> Networks { get; }

    public int SampleRate { get; }

    public int LatentSize => _options.LatentSize;

    public void Train(TrainingStep step)
    {
        var (errors, divergence) = Losses(step.Batch.Inputs, step.Normal(_options.LatentSize));
        step.Minimize(Networks[0], Surprise(errors) + divergence);
    }

    public void Evaluate(EvaluationStep step)
    {
        var (errors, divergence) = Losses(step.Batch.Inputs, step.Normal(_options.LatentSize));
        step.Add(ValidationElbo, -(Surprise(errors) + divergence).item<float>());
        step.Add(ValidationMse, errors.square().mean([1]).sum().item<float>());
    }

    public Tensor Decode(Tensor codes) => _module.Decode(codes, null).view(-1, 1, Spectrogram.Bins, _options.Frames).clamp(0, 1);

    public IReadOnlyList<Tensor> Reconstruct(Batch batch, NoiseSource noise) => [Decode(_module.Encode(batch.Inputs, null).Mean)];

    /// <summary>Clips of the length that the model has.</summary>
    public IReadOnlyList<float[]> Play(SoundRequest request, NoiseSource noise)
    {
        var pictures = Decode(noise.Normal(request.Count, _options.LatentSize)).squeeze(1);
        var sounds = Spectrogram.ToSounds(pictures, noise);
        return [.. Enumerable.Range(0, request.Count).Select(row => sounds[row].contiguous().data<float>().ToArray())];
    }

    public void Dispose() => _module.Dispose();

    /// <summary>Differences of each pixel, rows x pixels, and the Kullback-Leibler divergence summed over rows.</summary>
    private (Tensor Errors, Tensor Divergence) Losses(Tensor pictures, Tensor noise)
    {
        var (mean, logVariance) = _module.Encode(pictures, null);
        var errors = _module.Decode(mean + (noise * (0.5 * logVariance).exp()), null) - pictures.flatten(1);
        return (errors, (mean.square() + logVariance.exp() - logVariance - 1).sum() * 0.5);
    }

    /// <summary>Negative log-density of the pixels, summed.</summary>
    private Tensor Surprise(Tensor errors) =>
        ((errors / _options.Deviation).square().sum() * 0.5) + (errors.numel() * Math.Log(_options.Deviation * Math.Sqrt(2 * Math.PI)));
}
