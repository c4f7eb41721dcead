using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Schedulers.Population;

/// <summary>The parameters that may change while a model is trained, as coordinates of a unit cube.</summary>
internal sealed class Mutables
{
    public Mutables(IReadOnlyList<ParameterSpec> space, IReadOnlyList<string>? names)
    {
        var all = space.Select(Dimension.Of).Where(d => d.Count != 1);
        Dimensions = [.. all.Where(d => names is null ? d.Count is null : names.Contains(d.Name, StringComparer.Ordinal))];
    }

    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>The coordinates of a trial. Values that a person chose outside the space are at its edge.</summary>
    public double[] Encode(ParameterSet parameters)
    {
        var point = new double[Dimensions.Count];
        for (var i = 0; i < point.Length; i++)
        {
            var unit = parameters.TryGet(Dimensions[i].Name, out var value) ? Dimensions[i].ToUnit(value) : 0.5;
            point[i] = double.IsNaN(unit) ? 0.5 : Math.Clamp(unit, 0, 1);
        }
        return point;
    }

    /// <summary>A trial's parameters with other coordinates.</summary>
    public ParameterSet Decode(ParameterSet parent, ReadOnlySpan<double> point)
    {
        var entries = new List<KeyValuePair<string, ParameterValue>>(parent);
        for (var i = 0; i < point.Length; i++) entries.Add(new(Dimensions[i].Name, Dimensions[i].FromUnit(point[i])));
        return new ParameterSet(entries);
    }
}
