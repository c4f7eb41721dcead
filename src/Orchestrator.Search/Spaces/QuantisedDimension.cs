using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Spaces;

/// <summary>A continuous parameter rounded to the multiples of a quantum that lie in its range; integers where the quantum is whole.</summary>
internal sealed class QuantisedDimension : Dimension
{
    // A multiple that misses an end of the range by less than this share of the quantum is taken to be that end.
    private const double Slack = 1e-9;

    private readonly Quantile _quantile;
    private readonly double _quantum;
    private readonly double _first;
    private readonly double _last;

    public QuantisedDimension(string name, Quantile quantile, double quantum) : base(name)
    {
        _quantile = quantile;
        _quantum = quantum;
        _first = Math.Ceiling(quantile.Minimum / quantum - Slack);
        _last = Math.Floor(quantile.Maximum / quantum + Slack);
        if (_first > _last) throw new ArgumentException($"Parameter '{name}': no multiple of {quantum} lies in {quantile.Minimum} to {quantile.Maximum}.", nameof(quantum));
    }

    public override long? Count => _last - _first < long.MaxValue / 2 ? (long)(_last - _first) + 1 : null;

    public override bool IsBounded => double.IsFinite(_first) && double.IsFinite(_last);

    public override ParameterValue FromUnit(double unit) => Multiple(Math.Clamp(Math.Round(_quantile.At(unit) / _quantum), _first, _last));

    public override double ToUnit(ParameterValue value) =>
        _quantile.Share(value.Number ?? throw new ArgumentException($"Parameter '{Name}' takes numbers, not '{value}'.", nameof(value)));

    // Values between two multiples go to the nearer one, and those beyond the first or last to these.
    public override double ShareOf(long index)
    {
        var count = _first + index;
        return (count >= _last ? 1 : _quantile.Share((count + 0.5) * _quantum)) - (index == 0 ? 0 : _quantile.Share((count - 0.5) * _quantum));
    }

    public override ParameterValue At(long index) => Multiple(_first + index);

    private ParameterValue Multiple(double count)
    {
        var value = count * _quantum;
        if (double.IsInteger(_quantum) && Math.Abs(value) < 1e18) return ParameterValue.Of((long)value);
        // In decimal, three times 0.1 is 0.3.
        return ParameterValue.Of(Math.Abs(count) < 1e12 && Math.Abs(value) < 1e12 && _quantum > 1e-9 ? (double)((decimal)count * (decimal)_quantum) : value);
    }
}
