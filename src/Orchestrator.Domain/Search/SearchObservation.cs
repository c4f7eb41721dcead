using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Search;

/// <summary>What a search algorithm, or a trial scheduler, learns about a trial.</summary>
public abstract record SearchObservation
{
    private SearchObservation() { }

    /// <summary>A trial was proposed, or forked from another, and will run.</summary>
    /// <param name="TrialNumber">The trial, from 1.</param>
    /// <param name="Parameters">Its point.</param>
    /// <param name="Parent">The trial that it was forked from; null: it was proposed.</param>
    /// <param name="RepeatOf">The first trial of the point that it repeats; null: it is the first. Search algorithms are told of the first only.</param>
    /// <param name="Repeat">Its place among the repeats of its point, from 1; trials of one place have one seed.</param>
    /// <param name="Asked">What the algorithm had proposed, where that can't be had and the nearest point that can was taken; null: it was had.</param>
    public sealed record Proposed(int TrialNumber, ParameterSet Parameters, int? Parent = null, int? RepeatOf = null, int Repeat = 1, ParameterSet? Asked = null) : SearchObservation;

    /// <summary>A trial reported its metric after <paramref name="Resource"/> epochs.</summary>
    public sealed record Reported(int TrialNumber, int Resource, double Metric) : SearchObservation;

    /// <summary>A trial reached its terminal state; <paramref name="Metric"/> is its best value, null where it has none.</summary>
    /// <param name="TrialNumber">The trial, from 1.</param>
    /// <param name="Metric">Its best value, null where it has none.</param>
    /// <param name="StoppedAt">Where the trial scheduler stopped it early, in epochs; null: it was not.</param>
    /// <param name="Metrics">All that it measured in its last report; null: nothing but <paramref name="Metric"/> is known.</param>
    public sealed record Ended(int TrialNumber, double? Metric, int? StoppedAt = null, IReadOnlyDictionary<string, double>? Metrics = null) : SearchObservation;

    /// <summary>The trial scheduler paused a trial; <paramref name="Metric"/> is its best value so far, null where it has none.</summary>
    /// <param name="TrialNumber">The trial, from 1.</param>
    /// <param name="Metric">Its best value so far, null where it has none.</param>
    /// <param name="Resource">Where it is, in epochs.</param>
    public sealed record Paused(int TrialNumber, double? Metric, int Resource) : SearchObservation;

    /// <summary>A trial that was paused, or had ended, goes on.</summary>
    public sealed record Resumed(int TrialNumber) : SearchObservation;
}
