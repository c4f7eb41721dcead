using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Search;

/// <summary>What a search algorithm learns about a trial.</summary>
public abstract record SearchObservation
{
    private SearchObservation() { }

    /// <summary>A trial was proposed and will run.</summary>
    public sealed record Proposed(int TrialNumber, ParameterSet Parameters) : SearchObservation;

    /// <summary>A trial reported its metric after <paramref name="Resource"/> epochs.</summary>
    public sealed record Reported(int TrialNumber, int Resource, double Metric) : SearchObservation;

    /// <summary>A trial reached its terminal state; <paramref name="Metric"/> is its best value, null where it has none.</summary>
    public sealed record Ended(int TrialNumber, double? Metric) : SearchObservation;
}
