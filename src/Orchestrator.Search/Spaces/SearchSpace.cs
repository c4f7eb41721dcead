using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Parameters.Expressions;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Spaces;

/// <summary>
/// The space of a sweep: its searched dimensions, the conditions under which they are there, the parameters that are computed from them,
/// and the constraints that a point has to keep. A point holds the active parameters only.
/// </summary>
internal sealed class SearchSpace
{
    /// <summary>How many draws may break a constraint before a space counts as empty.</summary>
    public const int MostDraws = 10_000;

    private readonly (int Parent, ParameterCondition Condition)[][] _conditions;
    private readonly Derivation[] _derived;
    private readonly Expression[] _constraints;

    /// <param name="parameters">The parameters, in the order of the file.</param>
    /// <param name="constraints">Expressions that have to hold; those that name anything but parameters are left to the trials' metrics.</param>
    public SearchSpace(IReadOnlyList<ParameterSpec> parameters, IReadOnlyList<string>? constraints = null)
    {
        var ordered = ParentsFirst([.. parameters.Where(p => p.Distribution is not Distribution.Derived)]);
        Dimensions = [.. ordered.Select(Dimension.Of)];
        var indices = ordered.Select((p, i) => (p.Name, Index: i)).ToDictionary(p => p.Name, p => p.Index, StringComparer.Ordinal);
        _conditions = [.. ordered.Select(p => (p.When ?? []).Select(c => (indices[c.Parameter], c)).ToArray())];
        _derived = Derivation.InOrder(parameters);
        var names = parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        _constraints = [.. (constraints ?? []).Select(Expression.Parse).Where(e => e.Names.All(names.Contains))];
        HasConditions = Array.Exists(_conditions, c => c.Length > 0);
    }

    /// <summary>The searched dimensions, each behind those that it depends on, else in the order of the file.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>Whether a dimension may be absent.</summary>
    public bool HasConditions { get; }

    /// <summary>Whether some points are ruled out.</summary>
    public bool HasConstraints => _constraints.Length > 0;

    /// <summary>Whether a dimension is active, by the values of those before it.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="values">The values of the dimensions; null: not active.</param>
    public bool IsActive(int dimension, ReadOnlySpan<ParameterValue?> values)
    {
        foreach (var (parent, condition) in _conditions[dimension])
            if (values[parent] is not { } value || !condition.Allows(value)) return false;
        return true;
    }

    /// <summary>Whether a dimension has a condition.</summary>
    public bool IsConditional(int dimension) => _conditions[dimension].Length > 0;

    /// <summary>Whether a point keeps every constraint over parameters.</summary>
    public bool IsAllowed(ParameterSet point)
    {
        foreach (var constraint in _constraints)
            if (!constraint.Holds(name => point.TryGet(name, out var value) ? value : null)) return false;
        return true;
    }

    /// <summary>The point with these values and what is computed from them.</summary>
    /// <param name="values">One for each dimension; null: not active.</param>
    public ParameterSet Build(ReadOnlySpan<ParameterValue?> values)
    {
        var entries = new List<KeyValuePair<string, ParameterValue>>(values.Length + _derived.Length);
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value) entries.Add(new(Dimensions[i].Name, value));
        if (_derived.Length == 0) return new ParameterSet(entries);
        var known = entries.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        foreach (var derivation in _derived)
            if (derivation.Evaluate(known) is { } value) known[derivation.Name] = value;
        return new ParameterSet(known);
    }

    /// <summary>The point at a place of the unit cube; it may break a constraint.</summary>
    /// <param name="unit">One coordinate in [0, 1] for each dimension.</param>
    public ParameterSet FromUnit(ReadOnlySpan<double> unit)
    {
        var values = new ParameterValue?[Dimensions.Count];
        for (var i = 0; i < values.Length; i++) values[i] = IsActive(i, values) ? Dimensions[i].FromUnit(unit[i]) : null;
        return Build(values);
    }

    /// <summary>A random point that keeps every constraint; null where many draws found none.</summary>
    public ParameterSet? Sample(ref SplitMix64 random)
    {
        var unit = new double[Dimensions.Count];
        for (var draw = 0; draw < MostDraws; draw++)
        {
            for (var i = 0; i < unit.Length; i++) unit[i] = random.NextDouble();
            var point = FromUnit(unit);
            if (IsAllowed(point)) return point;
        }
        return null;
    }

    /// <summary>A point with the given values, the others drawn; null where many draws broke a constraint.</summary>
    public ParameterSet? Complete(ParameterSet given, ref SplitMix64 random)
    {
        var values = new ParameterValue?[Dimensions.Count];
        for (var draw = 0; draw < MostDraws; draw++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var drawn = Dimensions[i].FromUnit(random.NextDouble());
                values[i] = !IsActive(i, values) ? null : given.TryGet(Dimensions[i].Name, out var value) ? value : drawn;
            }
            var point = Build(values);
            if (IsAllowed(point)) return point;
        }
        return null;
    }

    private static List<ParameterSpec> ParentsFirst(List<ParameterSpec> parameters)
    {
        var ordered = new List<ParameterSpec>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (ordered.Count < parameters.Count)
        {
            var next = parameters.Find(p => !placed.Contains(p.Name) && (p.When ?? []).All(c => placed.Contains(c.Parameter)))
                ?? throw new ArgumentException($"The conditions of {string.Join(", ", parameters.Where(p => !placed.Contains(p.Name)).Select(p => p.Name))} go round in a circle, or name no searched parameter.", nameof(parameters));
            ordered.Add(next);
            placed.Add(next.Name);
        }
        return ordered;
    }
}
