using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>Parameters that the tasks with a diffusion model share.</summary>
public record DiffusionOptions : TrainingOptions
{
    /// <summary>The defaults of these tasks.</summary>
    public DiffusionOptions() => (BatchSize, ClipNorm) = (64, 1);

    /// <summary>Channels of the outer layers of the network, a multiple of 8; the inner ones have twice as many.</summary>
    /// <value>The default is 32.</value>
    [Range(8, 1024)]
    [Description("Channels of the outer layers of the network, a multiple of 8; the inner ones have twice as many.")]
    public int Features { get; init; } = 32;

    /// <summary>Side, in pixels, of the patches that the network sees as one; the images' sides are multiples of twice as many.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 16)]
    [Description("Side, in pixels, of the patches that the network sees as one; the images' sides are multiples of twice as many.")]
    public int PatchSize { get; init; } = 2;

    /// <summary>Steps in which an image becomes noise.</summary>
    /// <value>The default is 1000.</value>
    [Range(2, 10_000)]
    [Description("Steps in which an image becomes noise.")]
    public int DiffusionSteps { get; init; } = 1000;

    /// <summary>How the noise grows.</summary>
    /// <value>The default is cosine.</value>
    [Description("How the noise grows: linear (Ho et al., 2020) or cosine (Nichol and Dhariwal, 2021).")]
    public NoiseScheduleKind NoiseSchedule { get; init; } = NoiseScheduleKind.Cosine;

    /// <summary>What the network predicts.</summary>
    /// <value>The default is velocity, which learns faster.</value>
    [Description("What the network predicts: noise (Ho et al., 2020) or velocity (Salimans and Ho, 2022), which learns faster.")]
    public PredictionTarget Prediction { get; init; } = PredictionTarget.Velocity;

    /// <summary>Share of training rows whose condition the network does not see, so that it can be guided.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.0, 1.0)]
    [Description("Share of training rows whose condition the network does not see, so that it can be guided.")]
    public double ConditionDropout { get; init; } = 0.1;

    /// <summary>How far samples go from what the network predicts without their condition beyond what it predicts with it; 0 for not at all.</summary>
    /// <value>The default is 1.</value>
    [Range(0.0, 20.0)]
    [Description("How far samples are pushed beyond the prediction with their condition, away from that without it (Ho and Salimans, 2022); 0 for none.")]
    public double Guidance { get; init; } = 1;

    /// <summary>Steps in which noise becomes a sample.</summary>
    /// <value>The default is 20.</value>
    [Range(1, 10_000)]
    [Description("Steps in which noise becomes a sample, at most diffusion_steps (Song et al., 2021).")]
    public int SamplingSteps { get; init; } = 20;

    /// <summary>Share of noise drawn anew at each sampling step.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1.0)]
    [Description("Share of noise drawn anew at each sampling step; 0 is deterministic.")]
    public double Eta { get; init; }

    /// <summary>Decay of the moving average of the network that is judged and sampled; 0: the network itself is.</summary>
    /// <value>The default is 0.995.</value>
    [Range(0.0, 0.99999)]
    [Description("Decay of the moving average of the network that is judged and sampled; 0 for none.")]
    public double AverageDecay { get; init; } = 0.995;

    /// <summary>Samples that an evaluation judges.</summary>
    /// <value>The default is 500.</value>
    [Range(100, 50_000)]
    [Description("Samples that an evaluation judges.")]
    public int EvaluationSamples { get; init; } = 500;
}
