using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;

namespace Orchestrator.Simulation.Cluster;

/// <summary>
/// How long an epoch takes and what it gives. A trial's loss falls as a power of the epoch towards a floor that its parameters and its seed decide;
/// its speed is log-normal. All of it is a function of the trial alone.
/// </summary>
/// <param name="EpochTime">The median time of an epoch.</param>
/// <param name="Epochs">Epochs of a trial that has no parameter of that name.</param>
public sealed record TrainingModel(TimeSpan EpochTime, int Epochs)
{
    private const double SpeedSpread = 0.25;
    private const double Noise = 0.005;
    private const double Decay = 0.7;

    /// <summary>The floor of a trial's loss, 0 (best) to 1.</summary>
    internal static double Floor(ParameterSet parameters, long seed)
    {
        var random = SplitMix64.ForStream(seed, 1);
        double sum = 0;
        var count = 0;
        foreach (var (_, value) in parameters)
        {
            if (value.Number is not { } number) continue;
            var phase = Math.Log(1 + Math.Abs(number));
            sum += 0.5 + 0.5 * Math.Sin(7 * phase);
            count++;
        }
        var luck = random.NextDouble();
        return count == 0 ? luck : 0.7 * (sum / count) + 0.3 * luck;
    }

    internal static double Loss(double floor, long seed, int epoch) =>
        floor + (2 - floor) * Math.Pow(epoch, -Decay) + Noise * SplitMix64.ForStream(seed, epoch + 10).NextNormal();

    internal double EpochSeconds(long seed) => EpochTime.TotalSeconds * Math.Exp(SpeedSpread * SplitMix64.ForStream(seed, 2).NextNormal());
}
