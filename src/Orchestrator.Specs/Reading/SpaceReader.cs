using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Parameters.Expressions;
using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Specs.Keys;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Reading;

/// <summary>Checks what ties the parameters of a space together, and reads its constraints and points.</summary>
internal sealed class SpaceReader
{
    private readonly Section _root;
    private readonly TaskSchema? _task;
    private readonly Dictionary<string, DeclaredParameter> _declared;
    private readonly ExpressionKinds _kinds;

    public SpaceReader(Section root, TaskSchema? task, IReadOnlyList<DeclaredParameter> parameters)
    {
        _root = root;
        _task = task;
        _declared = parameters.ToDictionary(p => p.Spec.Name, StringComparer.Ordinal);
        _kinds = new ExpressionKinds(_declared, task);
        foreach (var parameter in parameters) CheckConditions(parameter);
        foreach (var parameter in parameters) CheckDerived(parameter);
        Parameters = [.. parameters.Select(p => p.Spec)];
        List<string> constraints =
        [
            .. SweepKeys.Constraints.Read(root).Where(c => IsCondition(SweepKeys.Constraints, c.Expression, c.Position, withMetrics: true)).Select(c => c.Expression),
            .. SweepKeys.Forbidden.Read(root).Where(c => IsCondition(SweepKeys.Forbidden, c.Expression, c.Position, withMetrics: false)).Select(c => $"not ({c.Expression})"),
        ];
        Constraints = constraints.Count > 0 ? constraints : null;
        var points = SweepKeys.Points.Read(root).Select(ReadPoint).ToList();
        Points = points.Count > 0 ? points : null;
    }

    public IReadOnlyList<ParameterSpec> Parameters { get; }

    /// <summary>What has to hold; null: nothing.</summary>
    public IReadOnlyList<string>? Constraints { get; }

    /// <summary>What is tried first; null: nothing.</summary>
    public IReadOnlyList<ParameterSet>? Points { get; }

    private void CheckConditions(DeclaredParameter parameter)
    {
        foreach (var (condition, position) in parameter.Conditions)
        {
            var path = parameter.Section.PathOf($"{ParameterKeys.When.Name}.{condition.Parameter}");
            var findings = parameter.Section.Findings;
            if (!_declared.TryGetValue(condition.Parameter, out var parent))
                findings.Error(position, path, $"there is no parameter '{condition.Parameter}'{Suggestion.For(condition.Parameter, _declared.Keys)}");
            else if (parent.Spec.Distribution is Distribution.Derived)
                findings.Error(position, path, $"'{condition.Parameter}' is derived: a condition is on a parameter that is searched.");
            else if (condition.Values.FirstOrDefault(v => !parent.Spec.Distribution.Contains(v)) is { } never)
                findings.Error(position, path, $"'{condition.Parameter}' is never {never}.");
            else if (DependsOn(condition.Parameter, parameter.Spec.Name, []))
                findings.Error(position, path, $"'{parameter.Spec.Name}' and '{condition.Parameter}' depend on each other.");
        }
    }

    private bool DependsOn(string name, string on, HashSet<string> seen) =>
        name == on || seen.Add(name) && _declared.TryGetValue(name, out var parameter) && parameter.Conditions.Any(c => DependsOn(c.Condition.Parameter, on, seen));

    private void CheckDerived(DeclaredParameter parameter)
    {
        if (parameter.Spec.Distribution is not Distribution.Derived derived) return;
        try
        {
            if (_kinds.Of(parameter.Spec.Name) is { } kind && parameter.Known is { } known && !Fits(known.Kind, kind))
                parameter.Section.Error(ParameterKeys.Expression, $"'{derived.Expression}' gives {Word(kind)}, but '{known.Name}' takes {Word(known.Kind)}{(known.Kind == TaskParameterKind.Integer && kind == ExpressionKind.Real ? ": put it in round(…), floor(…) or ceil(…)" : "")}.");
        }
        catch (ExpressionException e)
        {
            parameter.Section.Error(ParameterKeys.Expression, Message(e, derived.Expression));
        }
    }

    private bool IsCondition(SweepKey key, string text, YamlPosition position, bool withMetrics)
    {
        try
        {
            var kind = Expression.Parse(text).Check(name => _kinds.Of(name) ?? (withMetrics ? _kinds.OfMetric(name) : null));
            if (kind == ExpressionKind.Flag) return true;
            _root.Findings.Error(position, key.Name, $"'{text}' gives {Word(kind)}; a condition compares, such as 'a <= 16'.");
        }
        catch (ExpressionException e)
        {
            _root.Findings.Error(position, key.Name, Message(e, text));
        }
        return false;
    }

    private ParameterSet ReadPoint(IReadOnlyList<(string Name, ParameterValue Value, YamlPosition Position)> point)
    {
        foreach (var (name, value, position) in point)
        {
            if (!_declared.TryGetValue(name, out var parameter))
                Error(position, $"there is no parameter '{name}'{Suggestion.For(name, _declared.Keys)}");
            else if (parameter.Spec.Distribution is Distribution.Derived)
                Error(position, $"'{name}' is derived: leave it out.");
            else if (!parameter.Spec.Distribution.Contains(value))
                Error(position, $"'{name}' is never {value} in this space.");
        }
        return new ParameterSet(point.Select(p => new KeyValuePair<string, ParameterValue>(p.Name, p.Value)));

        void Error(YamlPosition position, string message) => _root.Findings.Error(position, SweepKeys.Points.Name, message);
    }

    private string Message(ExpressionException error, string expression)
    {
        var known = error.Message.StartsWith("there is no '", StringComparison.Ordinal) ? $"; there are: {string.Join(", ", _declared.Keys)}{(_task is null ? "" : $" and the metrics {string.Join(", ", _task.Metrics)}")}" : "";
        return $"{error.Message}, at character {error.Position + 1} of '{expression}'{known}.";
    }

    private static bool Fits(TaskParameterKind takes, ExpressionKind gives) => (takes, gives) switch
    {
        (TaskParameterKind.Integer, ExpressionKind.Integer) => true,
        (TaskParameterKind.Real, ExpressionKind.Integer or ExpressionKind.Real) => true,
        (TaskParameterKind.Text, ExpressionKind.Text) => true,
        (TaskParameterKind.Flag, ExpressionKind.Flag) => true,
        _ => false,
    };

    private static string Word(ExpressionKind kind) => kind switch
    {
        ExpressionKind.Integer => "a whole number",
        ExpressionKind.Real => "a number",
        ExpressionKind.Text => "a text",
        _ => "true or false",
    };

    private static string Word(TaskParameterKind kind) => kind switch
    {
        TaskParameterKind.Integer => "whole numbers",
        TaskParameterKind.Real => "numbers",
        TaskParameterKind.Text => "texts",
        _ => "true or false",
    };
}
