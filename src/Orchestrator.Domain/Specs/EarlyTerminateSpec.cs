using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Specs;

/// <summary>Which trial scheduler stops trials early.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Asha), "asha")]
[JsonDerivedType(typeof(Percentile), "percentile")]
[JsonDerivedType(typeof(Patience), "patience")]
public abstract record EarlyTerminateSpec
{
    private EarlyTerminateSpec() { }

    /// <summary>
    /// Asynchronous successive halving, stopping type: at the rungs <c>MinResource * ReductionFactor^k</c> below <c>MaxResource</c>
    /// a trial goes on only in the top <c>1/ReductionFactor</c> of what the rung has seen.
    /// Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020.
    /// </summary>
    /// <param name="MinResource">The first rung, in epochs, at least 1 (r).</param>
    /// <param name="ReductionFactor">Above 1 (eta).</param>
    /// <param name="MaxResource">No rung at or above this, in epochs (R); null: the trial's own end.</param>
    /// <param name="Brackets">How many brackets (s + 1): bracket b begins b rungs later; trials go round them in turn.</param>
    public sealed record Asha(int MinResource = 1, double ReductionFactor = 3, int? MaxResource = null, int Brackets = 1) : EarlyTerminateSpec;

    /// <summary>
    /// A trial goes on only while its best value so far is in the best <paramref name="Share"/> of the best values that trials had at the same epoch;
    /// one half is the median rule. Golovin et al., Google Vizier: A Service for Black-Box Optimization, KDD 2017.
    /// </summary>
    /// <param name="Share">Above 0 and below 1.</param>
    /// <param name="MinResource">No trial stops before this, in epochs, at least 1.</param>
    /// <param name="MinTrials">No trial stops before so many have come as far, at least 1.</param>
    /// <param name="Every">Epochs between two checks, at least 1.</param>
    public sealed record Percentile(double Share = 0.5, int MinResource = 1, int MinTrials = 5, int Every = 1) : EarlyTerminateSpec;

    /// <summary>A trial stops when it has not got better for a while, whatever others do.</summary>
    /// <param name="Epochs">How long it may go without getting better, at least 1.</param>
    /// <param name="MinDelta">Getting better by no more than this does not count, at least 0.</param>
    /// <param name="MinResource">No trial stops before this, in epochs, at least 1.</param>
    public sealed record Patience(int Epochs, double MinDelta = 0, int MinResource = 1) : EarlyTerminateSpec;
}
