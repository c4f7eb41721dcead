using Orchestrator.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>A generator against a discriminator: the training step of the GAN family, whatever the data are.</summary>
internal sealed class AdversarialGame : IDisposable
{
    private readonly AdversarialOptions _options;
    private readonly int _classes;
    private readonly nn.Module<Tensor, Tensor> _generator;
    private readonly nn.Module<Tensor, Tensor> _discriminator;
    private readonly Network _generatorNetwork;
    private readonly Network _discriminatorNetwork;

    /// <summary>Takes the players.</summary>
    /// <param name="options">The rules.</param>
    /// <param name="generator">From <see cref="CodeSize"/> numbers a row to rows of data.</param>
    /// <param name="discriminator">From rows of data to <see cref="Scores"/> numbers for each.</param>
    /// <param name="classes">Classes of rows that the players are told; 0 for none.</param>
    internal AdversarialGame(AdversarialOptions options, nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, int classes = 0)
    {
        (_options, _generator, _discriminator, _classes) = (options, generator, discriminator, classes);
        _generatorNetwork = new Network("generator", generator) { AverageDecay = options.AverageDecay };
        _discriminatorNetwork = new Network("discriminator", discriminator) { LearningRateFactor = options.DiscriminatorRate };
        Networks = [_generatorNetwork, _discriminatorNetwork];
    }

    /// <summary>Names of <see cref="Networks"/>.</summary>
    internal static IReadOnlyList<string> NetworkNames { get; } = ["generator", "discriminator"];

    internal IReadOnlyList<Network> Networks { get; }

    /// <summary>Taken when training begins: to move a module is to give it other parameters.</summary>
    private Parameter[] DiscriminatorParameters => field ??= [.. _discriminator.parameters()];

    /// <summary>What a generator takes: the noise and, where there are classes, 1 for the row's own and 0 for others. Mirza and Osindero: Conditional Generative Adversarial Nets, 2014.</summary>
    internal static long CodeSize(AdversarialOptions options, int classes) => options.LatentSize + classes;

    /// <summary>What a discriminator gives: how real a row is and, where there are classes, how much more so as one of each. Miyato and Koyama: cGANs with Projection Discriminator, ICLR 2018.</summary>
    internal static long Scores(int classes) => 1 + classes;

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
    /// <param name="noise">Rows x latent size.</param>
    /// <param name="labels">The class of each row; not used where the players are told none.</param>
    internal Tensor Generate(Tensor noise, Tensor labels) =>
        _generator.call(_classes == 0 ? noise : cat([noise, nn.functional.one_hot(labels, _classes).to(noise.dtype)], 1));

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private Tensor Make(TrainingStep step)
    {
        using var noGradient = no_grad();
        return Generate(step.Normal(_options.LatentSize), step.Batch.Labels);
    }

    /// <summary>How real rows are, one number each.</summary>
    private Tensor Judge(Tensor rows, Tensor labels)
    {
        var scores = _discriminator.call(rows);
        return _classes == 0 ? scores : scores.narrow(1, 0, 1) + scores.narrow(1, 1, _classes).gather(1, labels.unsqueeze(1));
    }

    private void TrainBoth(TrainingStep step, Tensor real)
    {
        var made = Generate(step.Normal(_options.LatentSize), step.Batch.Labels);
        TrainDiscriminator(step, real, made.detach());
        SetTrainable(false); // its gradients are of no use here, and cost a third of the step
        var loss = AdversarialLosses.Generator(_options.Loss, Judge(made, step.Batch.Labels));
        SetTrainable(true);
        step.Minimize(_generatorNetwork, loss);
    }

    private void TrainDiscriminator(TrainingStep step, Tensor real, Tensor made)
    {
        var labels = step.Batch.Labels;
        var loss = AdversarialLosses.Discriminator(_options.Loss, Judge(real, labels), Judge(made, labels), _options.LabelSmoothing);
        if (_options.GradientPenalty > 0)
            loss += GradientPenalty.Of(rows => Judge(rows, labels), real, made, step) * _options.GradientPenalty;
        step.Minimize(_discriminatorNetwork, loss);
    }

    /// <summary>A rank without rows takes part in what the others agree on.</summary>
    private void TrainOnNothing(TrainingStep step, bool isGeneratorsTurn)
    {
        step.Minimize(_discriminatorNetwork, DiscriminatorParameters[0].sum() * 0);
        if (isGeneratorsTurn)
            step.Minimize(_generatorNetwork, _generator.parameters().First().sum() * 0);
    }

    private void SetTrainable(bool value)
    {
        foreach (var parameter in DiscriminatorParameters)
            parameter.requires_grad = value;
    }
}
