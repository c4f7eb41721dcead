namespace Orchestrator.Search.Spaces;

internal sealed class LogNormalQuantile(double mean, double standardDeviation) : Quantile
{
    private readonly NormalQuantile _logarithm = new(mean, standardDeviation);

    public override double Minimum => 0;

    public override double Maximum => double.PositiveInfinity;

    public override double At(double unit) => Math.Clamp(Math.Exp(_logarithm.At(unit)), double.Epsilon, double.MaxValue);

    public override double Share(double value) => value > 0 ? _logarithm.Share(Math.Log(value)) : 0;
}
