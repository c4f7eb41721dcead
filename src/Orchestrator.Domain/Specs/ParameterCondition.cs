using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Specs;

/// <summary>Another parameter has one of these values. A parameter that is not there has none.</summary>
/// <param name="Parameter">The other parameter, the parent.</param>
/// <param name="Values">The values.</param>
public sealed record ParameterCondition(string Parameter, IReadOnlyList<ParameterValue> Values)
{
    /// <summary>Whether a value of the parent is one of them; 1 and 1.0 are the same.</summary>
    public bool Allows(ParameterValue value)
    {
        foreach (var allowed in Values)
            if (allowed == value || allowed.Number is { } number && number == value.Number) return true;
        return false;
    }
}
