using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Specs.Keys;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Reading;

/// <summary>Checks every value that a distribution can give against what the task takes.</summary>
internal sealed class TaskParameterCheck(Section section, TaskParameter parameter)
{
    public void Check(Distribution distribution)
    {
        switch (distribution)
        {
            case Distribution.Constant d:
                CheckValue(d.Value, section.Entry(ParameterKeys.Value)!.Value.Position, ParameterKeys.Value);
                break;
            case Distribution.Categorical d: CheckValues(d.Values); break;
            case Distribution.Ordinal d: CheckValues(d.Values); break;
            case Distribution.Beta d: CheckRange(0, 1, IsWhole(d.Quantum)); break;
            case Distribution.IntUniform d: CheckRange(d.Min, d.Max, whole: true); break;
            case Distribution.Uniform d: CheckRange(d.Min, d.Max, IsWhole(d.Quantum)); break;
            case Distribution.LogUniform d: CheckRange(d.Min, d.Max, IsWhole(d.Quantum)); break;
            case Distribution.InverseLogUniform d: CheckRange(d.Min, d.Max, whole: false); break;
            case Distribution.Normal d: CheckTails(double.NegativeInfinity, IsWhole(d.Quantum)); break;
            case Distribution.LogNormal d: CheckTails(0, IsWhole(d.Quantum)); break;
        }
    }

    private void CheckValues(IReadOnlyList<ParameterValue> values)
    {
        var items = ((YamlNode.Sequence)section.Entry(ParameterKeys.Values)!.Value).Items;
        for (var i = 0; i < items.Count; i++) CheckValue(values[i], items[i].Position, ParameterKeys.Values);
    }

    private static bool IsWhole(double? quantum) => quantum is { } q && double.IsInteger(q);

    private void CheckValue(ParameterValue value, YamlPosition at, SweepKey key)
    {
        var fits = (parameter.Kind, value) switch
        {
            (TaskParameterKind.Integer, ParameterValue.Integer) => true,
            (TaskParameterKind.Real, ParameterValue.Integer or ParameterValue.Real) => true,
            (TaskParameterKind.Text, ParameterValue.Text) => true,
            (TaskParameterKind.Flag, ParameterValue.Flag) => true,
            _ => false,
        };
        if (!fits)
            section.Findings.Error(at, section.PathOf(key.Name), $"'{parameter.Name}' takes {KindText()}, not {value}.");
        else if (value is ParameterValue.Text text && parameter.Choices is { } choices && !choices.Contains(text.Value, StringComparer.Ordinal))
            section.Findings.Error(at, section.PathOf(key.Name), $"'{parameter.Name}' can't be '{text.Value}'{Suggestion.For(text.Value, choices)}");
        else if (value.Number is { } number && (number < parameter.Minimum || number > parameter.Maximum))
            section.Findings.Error(at, section.PathOf(key.Name), $"'{parameter.Name}' can't be {value}: it is {Bounds()}.");
    }

    private void CheckRange(double minimum, double maximum, bool whole)
    {
        if (!CheckNumeric(whole)) return;
        if (minimum < parameter.Minimum) section.Error(section.Has(ParameterKeys.Min) ? ParameterKeys.Min : ParameterKeys.Distribution, $"'{parameter.Name}' can't be {minimum:G6}: it is {Bounds()}.");
        if (maximum > parameter.Maximum) section.Error(section.Has(ParameterKeys.Max) ? ParameterKeys.Max : ParameterKeys.Distribution, $"'{parameter.Name}' can't be {maximum:G6}: it is {Bounds()}.");
    }

    /// <summary>A normal has no ends, so it can leave every range; that it may is no error, since W&amp;B files rely on it.</summary>
    private void CheckTails(double minimum, bool whole)
    {
        if (!CheckNumeric(whole)) return;
        if (parameter.Maximum is null && !(minimum < parameter.Minimum)) return;
        section.Warn(ParameterKeys.Distribution, $"a draw may fall outside what '{parameter.Name}' takes ({Bounds()}); such a trial fails.");
    }

    private bool CheckNumeric(bool whole)
    {
        if (parameter.Kind == TaskParameterKind.Real || parameter.Kind == TaskParameterKind.Integer && whole) return true;
        section.Findings.Error(section.Position, section.Path, parameter.Kind == TaskParameterKind.Integer
            ? $"'{parameter.Name}' takes whole numbers: use int_uniform, or a quantised distribution with a whole 'q'."
            : $"'{parameter.Name}' takes {KindText()}, not a range: use 'value' or 'values'.");
        return false;
    }

    private string KindText() => parameter.Kind switch
    {
        TaskParameterKind.Integer => "whole numbers",
        TaskParameterKind.Real => "numbers",
        TaskParameterKind.Flag => "true or false",
        _ => parameter.Choices is { } choices ? $"one of {string.Join(", ", choices)}" : "a text",
    };

    private string Bounds() => (parameter.Minimum, parameter.Maximum) switch
    {
        ({ } minimum, { } maximum) => $"from {minimum} to {maximum}",
        ({ } minimum, null) => $"at least {minimum}",
        (null, { } maximum) => $"at most {maximum}",
        _ => "any number",
    };
}
