using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Spaces;

/// <summary>One of a list of values; a constant is a list of one.</summary>
internal sealed class CategoricalDimension : Dimension
{
    private readonly IReadOnlyList<ParameterValue> _values;
    private readonly double[] _upTo;

    public CategoricalDimension(string name, IReadOnlyList<ParameterValue> values, IReadOnlyList<double>? probabilities) : base(name)
    {
        _values = values;
        _upTo = new double[values.Count];
        var sum = 0.0;
        for (var i = 0; i < _upTo.Length; i++) _upTo[i] = sum += probabilities?[i] ?? 1.0 / values.Count;
        IsOrdered = IsMonotonic(values);
    }

    public override long? Count => _values.Count;

    /// <summary>Numbers that rise or fall all the way, such as batch sizes, are near each other where their places in the list are.</summary>
    public override bool IsOrdered { get; }

    public override ParameterValue FromUnit(double unit) => _values[IndexAt(unit)];

    public override double ToUnit(ParameterValue value)
    {
        var i = IndexOf(value);
        if (i < 0) throw new ArgumentException($"'{value}' is not a value of parameter '{Name}'.", nameof(value));
        return 0.5 * (_upTo[i] + (i == 0 ? 0 : _upTo[i - 1]));
    }

    public override ParameterValue At(long index) => _values[(int)index];

    /// <summary>The index of a value, or -1.</summary>
    public int IndexOf(ParameterValue value)
    {
        for (var i = 0; i < _values.Count; i++)
            if (_values[i] == value) return i;
        return -1;
    }

    private static bool IsMonotonic(IReadOnlyList<ParameterValue> values)
    {
        if (values.Count < 3 || values.Any(v => v.Number is null)) return false;
        var sign = Math.Sign(values[1].Number!.Value - values[0].Number!.Value);
        for (var i = 1; i < values.Count; i++)
            if (sign == 0 || Math.Sign(values[i].Number!.Value - values[i - 1].Number!.Value) != sign) return false;
        return true;
    }

    private int IndexAt(double unit)
    {
        // The probabilities may sum to a little more or less than 1.
        var place = Array.BinarySearch(_upTo, unit * _upTo[^1]);
        var index = place >= 0 ? place + 1 : ~place;
        if (index >= _upTo.Length) index = _upTo.Length - 1;
        while (index > 0 && _upTo[index] == _upTo[index - 1]) index--;
        return index;
    }
}
