using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Spaces;

/// <summary>One of a list of values; a constant is a list of one.</summary>
internal sealed class CategoricalDimension(string name, IReadOnlyList<ParameterValue> values, IReadOnlyList<double>? probabilities) : ListDimension(name, values, probabilities)
{
    /// <summary>Numbers that rise or fall all the way, such as batch sizes, are near each other where their places in the list are.</summary>
    public override bool IsOrdered { get; } = IsMonotonic(values);

    private static bool IsMonotonic(IReadOnlyList<ParameterValue> values)
    {
        if (values.Count < 3 || values.Any(v => v.Number is null)) return false;
        var sign = Math.Sign(values[1].Number!.Value - values[0].Number!.Value);
        for (var i = 1; i < values.Count; i++)
            if (sign == 0 || Math.Sign(values[i].Number!.Value - values[i - 1].Number!.Value) != sign) return false;
        return true;
    }
}
