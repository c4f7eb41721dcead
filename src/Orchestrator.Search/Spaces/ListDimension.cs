using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Spaces;

/// <summary>One of a list of values.</summary>
internal abstract class ListDimension : Dimension
{
    private readonly IReadOnlyList<ParameterValue> _values;
    private readonly double[] _upTo;

    protected ListDimension(string name, IReadOnlyList<ParameterValue> values, IReadOnlyList<double>? probabilities) : base(name)
    {
        _values = values;
        _upTo = new double[values.Count];
        var sum = 0.0;
        for (var i = 0; i < _upTo.Length; i++) _upTo[i] = sum += probabilities?[i] ?? 1.0 / values.Count;
    }

    public override long? Count => _values.Count;

    public override ParameterValue FromUnit(double unit) => _values[IndexAt(unit)];

    public override double ToUnit(ParameterValue value)
    {
        var i = IndexOf(value);
        if (i < 0) throw new ArgumentException($"'{value}' is not a value of parameter '{Name}'.", nameof(value));
        return 0.5 * (_upTo[i] + (i == 0 ? 0 : _upTo[i - 1]));
    }

    public override double ShareOf(long index) => _upTo[(int)index] - (index == 0 ? 0 : _upTo[(int)index - 1]);

    public override ParameterValue At(long index) => _values[(int)index];

    /// <summary>The index of a value, or -1.</summary>
    public int IndexOf(ParameterValue value)
    {
        for (var i = 0; i < _values.Count; i++)
            if (_values[i] == value) return i;
        return -1;
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
