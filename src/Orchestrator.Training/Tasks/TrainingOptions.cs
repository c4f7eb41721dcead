using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Training.Tasks;

/// <summary>The parameters that every task has. A task's own options derive from it; a property <c>LearningRate</c> is <c>learning_rate</c> in a sweep.</summary>
public record TrainingOptions
{
    /// <summary>Passes over the training set.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 1_000_000)]
    [Description("Passes over the training set.")]
    public int Epochs { get; init; } = 10;

    /// <summary>Samples of one step, over all ranks.</summary>
    /// <value>The default is 128.</value>
    [Range(1, 1_048_576)]
    [Description("Samples of one step, over all ranks.")]
    public int BatchSize { get; init; } = 128;

    /// <summary>Step size of the optimizer.</summary>
    /// <value>The default is 0.001.</value>
    [Range(1e-9, 100.0)]
    [Description("Step size of the optimizer.")]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The optimizer.</summary>
    /// <value>The default is Adam.</value>
    [Description("The optimizer.")]
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Decay of the mean of gradients (Adam's first beta), or momentum of SGD.</summary>
    /// <value>The default is 0.9.</value>
    [Range(0.0, 0.9999)]
    [Description("Decay of the mean of gradients (the first beta of Adam), or the momentum of SGD.")]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients: Adam's second beta, the smoothing constant of RMSProp.</summary>
    /// <value>The default is 0.999.</value>
    [Range(0.0, 0.999999)]
    [Description("Decay of the mean of squared gradients (the second beta of Adam, the alpha of RMSProp).")]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>How the learning rate changes while a trial is trained.</summary>
    /// <value>The default is constant.</value>
    [Description("How the learning rate changes: constant, linear or cosine (to zero at the end), or step (a tenth after each third).")]
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Constant;

    /// <summary>Steps in which the learning rate rises from zero.</summary>
    /// <value>The default is 0.</value>
    [Range(0, 1_000_000)]
    [Description("Steps in which the learning rate rises from zero.")]
    public int WarmupSteps { get; init; }

    /// <summary>Largest norm of a network's gradient; larger ones are scaled down to it. 0: no bound.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1e6)]
    [Description("Largest norm of a network's gradient, larger ones are scaled down to it; 0 sets no bound.")]
    public double ClipNorm { get; init; }

    /// <summary>Parts in which each rank's rows of a step are computed, one after the other: less memory, the same gradient.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 1024)]
    [Description("Parts in which the rows of a step are computed, one after the other: less memory, the same gradient (for models of one network).")]
    public int Accumulate { get; init; } = 1;

    /// <summary>What layers compute in.</summary>
    /// <value>The default is float32.</value>
    [Description("What layers compute in: float32, or bfloat16 wherever the device has it (mixed precision: parameters, losses and normalizations stay 32-bit).")]
    public PrecisionKind Precision { get; init; } = PrecisionKind.Float32;

    /// <summary>Shrinks parameters at each step.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1.0)]
    [Description("How much parameters shrink, per unit of learning rate.")]
    public double WeightDecay { get; init; }

    /// <summary>Budget of differential privacy for the rows of the training set; 0: no privacy.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1e4)]
    [Description("Budget of differential privacy (epsilon) for the rows of the training set; the trial ends before it is overspent. 0: no privacy.")]
    public double PrivacyEpsilon { get; init; }

    /// <summary>Probability with which <see cref="PrivacyEpsilon"/> need not hold; well below one over the number of rows.</summary>
    /// <value>The default is 1e-5.</value>
    [Range(1e-12, 0.1)]
    [Description("Probability with which privacy_epsilon need not hold: well below one over the number of rows.")]
    public double PrivacyDelta { get; init; } = 1e-5;

    /// <summary>The norm that the gradient of each row is scaled down to, if it is longer.</summary>
    /// <value>The default is 1.</value>
    [Range(1e-9, 1e6)]
    [Description("With privacy: the norm that the gradient of each row is scaled down to, if it is longer.")]
    public double PrivacyClip { get; init; } = 1;

    /// <summary>Standard deviation of the noise on a batch's gradient, as a multiple of <see cref="PrivacyClip"/>; 0: the least with which the budget lasts for all epochs.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1e6)]
    [Description("With privacy: the noise on a batch's gradient, as a multiple of privacy_clip; 0: the least with which the budget lasts for all epochs.")]
    public double PrivacyNoise { get; init; }
}
