namespace Orchestrator.Search.Fidelity;

/// <summary>Where a curve stands: its value at a milestone and at the one before, and the doubt about both where they are foretold.</summary>
/// <param name="Before">The value at the milestone before.</param>
/// <param name="Here">The value at the milestone.</param>
/// <param name="BeforeVariance">The variance of the former.</param>
/// <param name="Covariance">The covariance of both.</param>
/// <param name="Variance">The variance of the latter.</param>
internal readonly record struct CurveState(double Before, double Here, double BeforeVariance = 0, double Covariance = 0, double Variance = 0)
{
    /// <summary>The state one milestone on, where the value is a linear function of the two before.</summary>
    /// <param name="value">Its mean.</param>
    /// <param name="byBefore">How it changes with <see cref="Before"/>.</param>
    /// <param name="byHere">How it changes with <see cref="Here"/>.</param>
    /// <param name="noise">The variance that is new.</param>
    public CurveState Then(double value, double byBefore, double byHere, double noise) => new(
        Here,
        value,
        Variance,
        byBefore * Covariance + byHere * Variance,
        byBefore * byBefore * BeforeVariance + 2 * byBefore * byHere * Covariance + byHere * byHere * Variance + noise);
}
