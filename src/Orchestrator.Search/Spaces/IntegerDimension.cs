using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Spaces;

/// <summary>The integers of a range, all alike likely.</summary>
internal sealed class IntegerDimension(string name, long minimum, long maximum) : Dimension(name)
{
    private readonly double _count = (double)maximum - minimum + 1;

    public override long? Count => maximum - minimum + 1;

    public override ParameterValue FromUnit(double unit) => ParameterValue.Of(Math.Clamp(minimum + (long)(unit * _count), minimum, maximum));

    public override double ToUnit(ParameterValue value) =>
        value.Number is { } number ? Math.Clamp((number - minimum + 0.5) / _count, 0, 1) : throw new ArgumentException($"Parameter '{Name}' takes integers, not '{value}'.", nameof(value));

    public override ParameterValue At(long index) => ParameterValue.Of(minimum + index);
}
