using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Parameters.Expressions;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Spaces;

/// <summary>A parameter that is computed from others.</summary>
internal sealed class Derivation
{
    private readonly Expression _expression;
    private readonly IReadOnlyList<ParameterCondition> _when;

    private Derivation(ParameterSpec parameter)
    {
        Name = parameter.Name;
        _expression = Expression.Parse(((Distribution.Derived)parameter.Distribution).Expression);
        _when = parameter.When ?? [];
    }

    public string Name { get; }

    /// <summary>The derived parameters, each behind those that it uses.</summary>
    /// <exception cref="ArgumentException">They use each other in a circle.</exception>
    public static Derivation[] InOrder(IReadOnlyList<ParameterSpec> parameters)
    {
        var rest = parameters.Where(p => p.Distribution is Distribution.Derived).Select(p => new Derivation(p)).ToList();
        var ordered = new List<Derivation>();
        while (rest.Count > 0)
        {
            var next = rest.Find(d => !d._expression.Names.Concat(d._when.Select(w => w.Parameter)).Any(n => rest.Exists(r => r.Name == n)))
                ?? throw new ArgumentException($"{string.Join(", ", rest.Select(r => r.Name))} are derived from each other in a circle.", nameof(parameters));
            rest.Remove(next);
            ordered.Add(next);
        }
        return [.. ordered];
    }

    /// <summary>Its value; null where it is not active or one that it uses is not.</summary>
    public ParameterValue? Evaluate(Dictionary<string, ParameterValue> known)
    {
        foreach (var condition in _when)
            if (!known.TryGetValue(condition.Parameter, out var parent) || !condition.Allows(parent)) return null;
        return _expression.Evaluate(name => known.GetValueOrDefault(name));
    }
}
