using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Schedulers.Population;

/// <summary>A trial of the population that has not ended.</summary>
/// <param name="parameters">Its parameters.</param>
internal sealed class PopulationMember(ParameterSet parameters)
{
    public ParameterSet Parameters { get; } = parameters;

    /// <summary>What it measured at the last comparison, turned so that less is better; NaN before the first.</summary>
    public double Value { get; set; } = double.NaN;

    /// <summary>The epoch of its next comparison.</summary>
    public int NextComparison { get; set; }

    public bool IsPaused { get; set; }
}
