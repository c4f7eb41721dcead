using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Tasks;

namespace Orchestrator.Training.Tasks;

/// <summary>Reads the parameters that an options record describes: names, kinds, ranges, defaults. Touches no tensor library.</summary>
internal static class OptionsSchema
{
    internal static IReadOnlyList<TaskParameter> Of(TrainingOptions defaults) =>
        [.. Properties(defaults.GetType()).Select(property => Describe(property, property.GetValue(defaults)))];

    /// <summary>The settable properties, the engine's common ones first.</summary>
    internal static IEnumerable<PropertyInfo> Properties(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .OrderBy(property => Depth(property.DeclaringType!))
            .ThenBy(property => property.MetadataToken);

    internal static IReadOnlyList<string>? Choices(PropertyInfo property)
    {
        if (property.PropertyType.IsEnum)
            return [.. Enum.GetNames(property.PropertyType).Select(SnakeCase.OfChoice)];
        return property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed ? [.. allowed.Values.Cast<string>()] : null;
    }

    private static TaskParameter Describe(PropertyInfo property, object? value)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        var description = property.GetCustomAttribute<DescriptionAttribute>()?.Description
            ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} needs a [Description].");
        return new TaskParameter(
            SnakeCase.OfProperty(property.Name),
            KindOf(property),
            range is null ? null : Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture),
            range is null ? null : Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture),
            Choices(property),
            ValueOf(value),
            description);
    }

    private static TaskParameterKind KindOf(PropertyInfo property) => property.PropertyType switch
    {
        var type when type == typeof(int) || type == typeof(long) => TaskParameterKind.Integer,
        var type when type == typeof(double) => TaskParameterKind.Real,
        var type when type == typeof(bool) => TaskParameterKind.Flag,
        var type when type == typeof(string) || type.IsEnum => TaskParameterKind.Text,
        var type => throw new InvalidOperationException($"{property.DeclaringType}.{property.Name}: {type} cannot be a parameter; use int, long, double, bool, string or an enum."),
    };

    private static ParameterValue? ValueOf(object? value) => value switch
    {
        null => null,
        int number => ParameterValue.Of((long)number),
        long number => ParameterValue.Of(number),
        double number => ParameterValue.Of(number),
        bool flag => ParameterValue.Of(flag),
        Enum choice => ParameterValue.Of(SnakeCase.OfChoice(choice.ToString())),
        _ => ParameterValue.Of((string)value),
    };

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
