using Orchestrator.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>A generator against a discriminator: the training step of the GAN family, whatever the data are.</summary>
internal sealed class AdversarialGame : IDisposable
{
    private readonly AdversarialOptions _options;
    private readonly nn.Module<Tensor, Tensor> _generator;
    private readonly nn.Module<Tensor, Tensor> _discriminator;
    private readonly Network _generatorNetwork;
    private readonly Network _discriminatorNetwork;
    private readonly Parameter[] _discriminatorParameters;

    /// <summary>Takes the players.</summary>
    /// <param name="options">The rules.</param>
    /// <param name="generator">From noise, rows x latent size, to rows of data.</param>
    /// <param name="discriminator">From rows of data to one number for each.</param>
    internal AdversarialGame(AdversarialOptions options, nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator)
    {
        (_options, _generator, _discriminator) = (options, generator, discriminator);
        _generatorNetwork = new Network("generator", generator) { AverageDecay = options.AverageDecay };
        _discriminatorNetwork = new Network("discriminator", discriminator) { LearningRateFactor = options.DiscriminatorRate };
        _discriminatorParameters = [.. discriminator.parameters()];
        Networks = [_generatorNetwork, _discriminatorNetwork];
    }

    /// <summary>Names of <see cref="Networks"/>.</summary>
    internal static IReadOnlyList<string> NetworkNames { get; } = ["generator", "discriminator"];

    internal IReadOnlyList<Network> Networks { get; }

    /// <summary>One step of the discriminator and, at every n-th batch, one of the generator, on the same generated rows.</summary>
    /// <param name="step">The engine's.</param>
    /// <param name="real">Rows of data, in the generator's range.</param>
    internal void Train(TrainingStep step, Tensor real)
    {
        var isGeneratorsTurn = (step.Number + 1) % _options.CriticSteps == 0;
        if (step.Batch.Count == 0)
            TrainOnNothing(step, isGeneratorsTurn);
        else if (isGeneratorsTurn)
            TrainBoth(step, real);
        else
            TrainDiscriminator(step, real, Make(step));
    }

    /// <summary>Generates rows.</summary>
    internal Tensor Generate(Tensor noise) => _generator.call(noise);

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private Tensor Make(TrainingStep step)
    {
        using var noGradient = no_grad();
        return _generator.call(step.Normal(_options.LatentSize));
    }

    private void TrainBoth(TrainingStep step, Tensor real)
    {
        var made = _generator.call(step.Normal(_options.LatentSize));
        TrainDiscriminator(step, real, made.detach());
        SetTrainable(false); // its gradients are of no use here, and cost a third of the step
        var loss = AdversarialLosses.Generator(_options.Loss, _discriminator.call(made));
        SetTrainable(true);
        step.Minimize(_generatorNetwork, loss);
    }

    private void TrainDiscriminator(TrainingStep step, Tensor real, Tensor made)
    {
        var loss = AdversarialLosses.Discriminator(_options.Loss, _discriminator.call(real), _discriminator.call(made), _options.LabelSmoothing);
        if (_options.GradientPenalty > 0)
            loss += GradientPenalty.Of(_discriminator, real, made, step) * _options.GradientPenalty;
        step.Minimize(_discriminatorNetwork, loss);
    }

    /// <summary>A rank without rows takes part in what the others agree on.</summary>
    private void TrainOnNothing(TrainingStep step, bool isGeneratorsTurn)
    {
        step.Minimize(_discriminatorNetwork, _discriminatorParameters[0].sum() * 0);
        if (isGeneratorsTurn)
            step.Minimize(_generatorNetwork, _generator.parameters().First().sum() * 0);
    }

    private void SetTrainable(bool value)
    {
        foreach (var parameter in _discriminatorParameters)
            parameter.requires_grad = value;
    }
}
