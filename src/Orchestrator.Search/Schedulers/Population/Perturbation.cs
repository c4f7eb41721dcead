using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;

namespace Orchestrator.Search.Schedulers.Population;

/// <summary>
/// The explore step of population based training: each parameter is drawn anew with some probability, else moved a little up or down its scale, so that
/// a logarithmic one changes by a factor. Jaderberg et al., Population Based Training of Neural Networks, 2017.
/// </summary>
internal sealed class Perturbation(Mutables mutables, double resample) : IExplorer
{
    // Of the whole scale: on one from 1e-5 to 1e-1 a factor of 2.5.
    private const double Step = 0.1;

    public void Learn(Improvement improvement)
    {
    }

    public ParameterSet Explore(ParameterSet parent, int epoch, IReadOnlyList<ParameterSet> taken, ref SplitMix64 random)
    {
        var point = mutables.Encode(parent);
        for (var i = 0; i < point.Length; i++)
        {
            var isOrdered = mutables.Dimensions[i].IsOrdered;
            var (drawn, isUp, isNew) = (random.NextDouble(), random.NextDouble() < 0.5, random.NextDouble() < resample);
            if (isNew) point[i] = drawn;
            else if (isOrdered) point[i] = Math.Clamp(point[i] + (isUp ? Step : -Step), 0, 1);
        }
        return mutables.Decode(parent, point);
    }
}
