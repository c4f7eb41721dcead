using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Parameters.Expressions;
using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;

namespace Orchestrator.Specs.Reading;

/// <summary>What the names of a sweep are when expressions use them.</summary>
internal sealed class ExpressionKinds(IReadOnlyDictionary<string, DeclaredParameter> declared, TaskSchema? task)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>The kind of a parameter; null: there is none of that name.</summary>
    /// <exception cref="ExpressionException">It is derived, and its own expression is faulty or goes round in a circle.</exception>
    public ExpressionKind? Of(string name)
    {
        if (!declared.TryGetValue(name, out var parameter)) return null;
        if (parameter.Spec.Distribution is not Distribution.Derived derived) return Of(name, parameter.Spec.Distribution);
        if (!_asked.Add(name)) throw new ExpressionException(0, $"'{name}' depends on itself");
        try
        {
            return Expression.Parse(derived.Expression).Check(Of);
        }
        finally
        {
            _asked.Remove(name);
        }
    }

    /// <summary>The kind of a metric: a number; null: the task reports none of that name.</summary>
    public ExpressionKind? OfMetric(string name) =>
        task is null || task.Metrics.Contains(name, StringComparer.Ordinal) ? ExpressionKind.Real : null;

    private static ExpressionKind Of(string name, Distribution distribution) => distribution switch
    {
        Distribution.Constant d => Of(name, [d.Value]),
        Distribution.Categorical d => Of(name, d.Values),
        Distribution.Ordinal d => Of(name, d.Values),
        Distribution.IntUniform => ExpressionKind.Integer,
        Distribution.Uniform { Quantum: { } q } when double.IsInteger(q) => ExpressionKind.Integer,
        Distribution.LogUniform { Quantum: { } q } when double.IsInteger(q) => ExpressionKind.Integer,
        Distribution.Normal { Quantum: { } q } when double.IsInteger(q) => ExpressionKind.Integer,
        Distribution.LogNormal { Quantum: { } q } when double.IsInteger(q) => ExpressionKind.Integer,
        _ => ExpressionKind.Real,
    };

    private static ExpressionKind Of(string name, IReadOnlyList<ParameterValue> values)
    {
        if (values.All(v => v is ParameterValue.Integer)) return ExpressionKind.Integer;
        if (values.All(v => v.Number is not null)) return ExpressionKind.Real;
        if (values.All(v => v is ParameterValue.Text)) return ExpressionKind.Text;
        if (values.All(v => v is ParameterValue.Flag)) return ExpressionKind.Flag;
        throw new ExpressionException(0, $"'{name}' has values of different kinds, so it can't be used in an expression");
    }
}
