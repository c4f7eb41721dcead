using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Spaces;

/// <summary>A continuous parameter.</summary>
internal sealed class RealDimension(string name, Quantile quantile) : Dimension(name)
{
    public override long? Count => null;

    public override bool IsBounded => double.IsFinite(quantile.Minimum) && double.IsFinite(quantile.Maximum);

    public override ParameterValue FromUnit(double unit) => ParameterValue.Of(quantile.At(unit));

    public override double ToUnit(ParameterValue value) => quantile.Share(value.Number ?? throw NotANumber(value));

    public override ParameterValue At(long index) => throw new InvalidOperationException($"Parameter '{Name}' is continuous: it has no list of values.");

    private ArgumentException NotANumber(ParameterValue value) => new($"Parameter '{Name}' takes numbers, not '{value}'.", nameof(value));
}
