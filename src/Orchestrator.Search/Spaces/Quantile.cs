namespace Orchestrator.Search.Spaces;

/// <summary>A continuous distribution, seen as a map between the unit interval and its values.</summary>
internal abstract class Quantile
{
    /// <summary>The least value; negative infinity where unbounded.</summary>
    public virtual double Minimum => At(0);

    /// <summary>The greatest value; positive infinity where unbounded.</summary>
    public virtual double Maximum => At(1);

    /// <summary>The value below which a share <paramref name="unit"/> of the draws falls.</summary>
    /// <param name="unit">In [0, 1].</param>
    public abstract double At(double unit);

    /// <summary>The share of draws below a value: the inverse of <see cref="At"/>.</summary>
    public abstract double Share(double value);
}
