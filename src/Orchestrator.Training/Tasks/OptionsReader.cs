using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Training.Tasks;

/// <summary>Makes an options record of a trial's parameters; reports every fault at once.</summary>
internal static class OptionsReader
{
    /// <exception cref="TrainingException">Parameters are unknown, of the wrong type or out of range.</exception>
    internal static TOptions Read<TOptions>(string task, ParameterSet parameters)
        where TOptions : TrainingOptions, new()
    {
        var options = new TOptions();
        var properties = OptionsSchema.Properties(typeof(TOptions)).ToDictionary(p => SnakeCase.OfProperty(p.Name), StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (name, value) in parameters)
        {
            if (!properties.TryGetValue(name, out var property))
                faults.Add($"'{name}' is not a parameter (there are {string.Join(", ", properties.Keys)})");
            else if (!TryConvert(property, value, out var converted))
                faults.Add($"{name} = {value} is not {Expected(property)}");
            else if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(converted))
                faults.Add($"{name} = {value} is outside {range.Minimum} to {range.Maximum}");
            else
                property.SetValue(options, converted);
        }

        return faults.Count == 0
            ? options
            : throw new TrainingException(TrainingException.InvalidParameters, $"Task '{task}': {string.Join("; ", faults)}.");
    }

    private static bool TryConvert(PropertyInfo property, ParameterValue value, out object? converted)
    {
        converted = (property.PropertyType, value) switch
        {
            ({ } type, ParameterValue.Integer number) when type == typeof(int) && number.Value is >= int.MinValue and <= int.MaxValue => (int)number.Value,
            ({ } type, ParameterValue.Integer number) when type == typeof(long) => number.Value,
            ({ } type, _) when type == typeof(double) => value.Number,
            ({ } type, ParameterValue.Flag flag) when type == typeof(bool) => flag.Value,
            ({ } type, ParameterValue.Text text) when type == typeof(string) => Choose(property, text.Value),
            ({ IsEnum: true } type, ParameterValue.Text text) when Choose(property, text.Value) is { } choice => Enum.Parse(type, choice, ignoreCase: true),
            _ => null,
        };
        return converted is not null;
    }

    private static string? Choose(PropertyInfo property, string text) =>
        OptionsSchema.Choices(property) is not { } choices || choices.Contains(text, StringComparer.Ordinal) ? text : null;

    private static string Expected(PropertyInfo property) => OptionsSchema.Choices(property) is { } choices
        ? $"one of {string.Join(", ", choices)}"
        : property.PropertyType switch
        {
            var type when type == typeof(double) => "a number",
            var type when type == typeof(bool) => "true or false",
            var type when type == typeof(string) => "a text",
            _ => "a whole number",
        };
}
