using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Spaces;

/// <summary>The dimensions of a sweep, in the order of its file.</summary>
internal sealed class SearchSpace
{
    public SearchSpace(IReadOnlyList<ParameterSpec> parameters) => Dimensions = [.. parameters.Select(Dimension.Of)];

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>The point at a place of the unit cube.</summary>
    /// <param name="unit">One coordinate in [0, 1] for each dimension.</param>
    public ParameterSet FromUnit(ReadOnlySpan<double> unit)
    {
        var entries = new KeyValuePair<string, ParameterValue>[Dimensions.Count];
        for (var i = 0; i < entries.Length; i++) entries[i] = new(Dimensions[i].Name, Dimensions[i].FromUnit(unit[i]));
        return new ParameterSet(entries);
    }
}
