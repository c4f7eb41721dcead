namespace Orchestrator.Search.Spaces;

internal sealed class UniformQuantile(double minimum, double maximum) : Quantile
{
    public override double At(double unit) => Math.Clamp(minimum * (1 - unit) + maximum * unit, minimum, maximum);

    public override double Share(double value) =>
        maximum > minimum ? Math.Clamp((value - minimum) / (maximum - minimum), 0, 1) : 0.5;
}
