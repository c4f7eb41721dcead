namespace Orchestrator.Search.Spaces;

internal sealed class LogUniformQuantile(double minimum, double maximum) : Quantile
{
    private readonly UniformQuantile _logarithm = new(Math.Log(minimum), Math.Log(maximum));

    // The exponential of a logarithm misses the ends by a rounding.
    public override double At(double unit) => Math.Clamp(Math.Exp(_logarithm.At(unit)), minimum, maximum);

    public override double Share(double value) => _logarithm.Share(Math.Log(value));
}
