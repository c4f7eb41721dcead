using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Specs;

/// <summary>Which trial scheduler stops trials early.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Asha), "asha")]
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
}
