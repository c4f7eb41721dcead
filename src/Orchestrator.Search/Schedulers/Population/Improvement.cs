using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Schedulers.Population;

/// <summary>What an interval of training did for a trial.</summary>
/// <param name="Epoch">Where the interval ended.</param>
/// <param name="Parameters">What it was trained with.</param>
/// <param name="Change">Of its value, turned so that less is better: below 0 where it got better.</param>
internal readonly record struct Improvement(int Epoch, ParameterSet Parameters, double Change);
