using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Spaces;

/// <summary>One of a list of values whose neighbours are alike, whatever they are.</summary>
internal sealed class OrdinalDimension(string name, IReadOnlyList<ParameterValue> values) : ListDimension(name, values, null)
{
    public override bool IsOrdered => true;
}
