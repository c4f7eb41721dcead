using System.Text.Json.Serialization;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Specs;

/// <summary>What the user declared: a whole sweep, validated.</summary>
public sealed record ExperimentSpec
{
    /// <summary>A short name, the stem of the experiment's id: <c>a-z 0-9 -</c>, at most 40 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The task that each trial trains, for instance <c>vae</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The data; null for tasks that make their own.</summary>
    public DatasetSpec? Dataset { get; init; }

    /// <summary>Which search algorithm proposes.</summary>
    public SearchMethod Method { get; init; } = SearchMethod.Random;

    /// <summary>What is optimised.</summary>
    public required MetricSpec Metric { get; init; }

    /// <summary>The space, in the order of the file.</summary>
    public required IReadOnlyList<ParameterSpec> Parameters { get; init; }

    /// <summary>Metrics that are optimised beside <see cref="Metric"/>: the sweep then looks for the best trade-offs (the Pareto front); null: none.</summary>
    public IReadOnlyList<MetricSpec>? FurtherMetrics { get; init; }

    /// <summary>
    /// Expressions over parameters and metrics that have to hold (<see cref="Parameters.Expressions.Expression"/>); null: none. One over parameters alone rules points out
    /// before they are tried; with a metric in it, a trial that breaks it counts as worse than any that does not.
    /// </summary>
    public IReadOnlyList<string>? Constraints { get; init; }

    /// <summary>Points that are tried first; what one leaves out is chosen by the search. Null: none.</summary>
    public IReadOnlyList<ParameterSet>? PointsToEvaluate { get; init; }

    /// <summary>The experiments whose trials the search learns from first, as the user named them; null: none.</summary>
    public IReadOnlyList<string>? WarmStart { get; init; }

    /// <summary>Finished trials of earlier experiments that the search learns from first; null: none. They are kept with the experiment, so that it can be replayed.</summary>
    public IReadOnlyList<EarlierTrial>? EarlierTrials { get; init; }

    /// <summary>The trial scheduler; null: every trial runs to its end.</summary>
    public EarlyTerminateSpec? EarlyTerminate { get; init; }

    /// <summary>What is done about trials that do not train soundly; null: they go on, and say so.</summary>
    public HealthSpec? Health { get; init; }

    /// <summary>A safetensors file with the parameters that every trial begins with; null: each draws its own.</summary>
    public string? InitFrom { get; init; }

    /// <summary>The program that each trial runs, and its arguments, where the task is one of the user's own; null: a task of the product or of an assembly.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>What each trial runs on.</summary>
    public ResourcesSpec Resources { get; init; } = new();

    /// <summary>Whether each gang gets machines of its own from the cluster, and how; null: trials run on workers that stay up.</summary>
    public DedicatedSpec? Dedicated { get; init; }

    /// <summary>The team's queue that its trials wait in; null: <see cref="QueueSpec.Default"/>.</summary>
    public string? Queue { get; init; }

    /// <summary>More goes first within the queue, and may take slots from less; -100 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Priority { get; init; }

    /// <summary>What is done about attempts that fail in a certain way; others, and all where this is null, are tried once more.</summary>
    public IReadOnlyList<FailureRule>? OnFailure { get; init; }

    /// <summary>How ranks reduce gradients.</summary>
    public CollectiveKind Collective { get; init; }

    /// <summary>Checkpoint policy.</summary>
    public CheckpointSpec Checkpoint { get; init; } = new();

    /// <summary>What the sweep may spend.</summary>
    public BudgetSpec Budget { get; init; } = new();

    /// <summary>How often each point is trained, with other seeds; null: once.</summary>
    public int? Seeds { get; init; }

    /// <summary>The seed of everything random: proposals, data order, initial weights, noise.</summary>
    public long Seed { get; init; }
}
