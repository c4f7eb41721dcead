namespace Orchestrator.Domain.Specs;

/// <summary>What a sweep optimises.</summary>
/// <param name="Name">The reported metric, for instance <c>validation_elbo</c>.</param>
/// <param name="Goal">Whether more or less of it is better.</param>
public sealed record MetricSpec(string Name, Goal Goal)
{
    /// <summary>Whether <paramref name="left"/> is strictly better than <paramref name="right"/>. Not-a-number is worse than any number.</summary>
    public bool IsBetter(double left, double right)
    {
        if (double.IsNaN(left)) return false;
        if (double.IsNaN(right)) return true;
        return Goal == Goal.Maximize ? left > right : left < right;
    }
}
