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
    /// <param name="TrialNumber">The trial, from 1.</param>
    /// <param name="Metric">Its best value, null where it has none.</param>
    /// <param name="StoppedAt">Where the trial scheduler stopped it early, in epochs; null: it was not.</param>
    public sealed record Ended(int TrialNumber, double? Metric, int? StoppedAt = null) : SearchObservation;
}
