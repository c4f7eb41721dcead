using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Training.Privacy;

/// <summary>How a private trial is trained, and what its steps cost.</summary>
/// <param name="Clip">The norm that a row's gradient is scaled down to, if it is longer.</param>
/// <param name="Noise">Standard deviation of the noise, as a multiple of <paramref name="Clip"/>.</param>
/// <param name="Delta">Probability with which epsilon need not hold.</param>
/// <param name="SamplingRate">Probability of a row to be in a batch.</param>
/// <param name="Epochs">Whole epochs that the budget is enough for; at most those asked for.</param>
internal sealed record PrivacyPlan(double Clip, double Noise, double Delta, double SamplingRate, int Epochs)
{
    private readonly RenyiAccountant _accountant = new(SamplingRate, Noise);

    /// <summary>The plan that options ask for; null where they ask for no privacy.</summary>
    /// <exception cref="TrainingException">The budget is not enough for an epoch.</exception>
    internal static PrivacyPlan? Create(TrainingOptions options, BatchPlan batches)
    {
        if (options.PrivacyEpsilon == 0) return null;
        var noise = options.PrivacyNoise > 0 ? options.PrivacyNoise : LeastNoise(options, batches);
        var affordable = new RenyiAccountant(batches.SamplingRate, noise).Steps(options.PrivacyEpsilon, options.PrivacyDelta) / batches.BatchesPerEpoch;
        if (affordable == 0)
        {
            throw new TrainingException(
                TrainingException.InvalidParameters,
                $"privacy_noise {noise} spends more than privacy_epsilon {options.PrivacyEpsilon} within an epoch: raise one of them, or leave privacy_noise out.");
        }
        return new PrivacyPlan(options.PrivacyClip, noise, options.PrivacyDelta, batches.SamplingRate, (int)Math.Min(options.Epochs, affordable));
    }

    /// <summary>The epsilon that a number of steps spend.</summary>
    internal double Epsilon(long steps) => _accountant.Epsilon(steps, Delta);

    /// <summary>Whether steps by one plan and steps by the other cost the same.</summary>
    internal bool SpendsLike(PrivacyPlan other) => (Noise, SamplingRate).Equals((other.Noise, other.SamplingRate));

    private static double LeastNoise(TrainingOptions options, BatchPlan batches)
    {
        try
        {
            return RenyiAccountant.LeastNoise(batches.SamplingRate, (long)options.Epochs * batches.BatchesPerEpoch, options.PrivacyEpsilon, options.PrivacyDelta);
        }
        catch (ArgumentException)
        {
            throw new TrainingException(
                TrainingException.InvalidParameters, $"no noise gives privacy_epsilon {options.PrivacyEpsilon} at privacy_delta {options.PrivacyDelta}: raise one of them.");
        }
    }
}
