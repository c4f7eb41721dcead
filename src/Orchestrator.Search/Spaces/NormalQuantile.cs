namespace Orchestrator.Search.Spaces;

internal sealed class NormalQuantile(double mean, double standardDeviation) : Quantile
{
    public override double Minimum => double.NegativeInfinity;

    public override double Maximum => double.PositiveInfinity;

    public override double At(double unit) => mean + standardDeviation * StandardNormal.Quantile(unit);

    public override double Share(double value) => StandardNormal.Cumulative((value - mean) / standardDeviation);
}
