using Orchestrator.Domain.Specs;

namespace Orchestrator.Training.Health;

/// <summary>
/// Watches the length of one network's gradient, sampled now and then: a spike is nothing, a length that stays is a finding.
/// Pascanu, Mikolov, Bengio: On the Difficulty of Training Recurrent Neural Networks, ICML 2013.
/// </summary>
internal sealed class GradientHealth
{
    /// <summary>Optimizer steps from one sample to the next: the length costs a pass over the gradient.</summary>
    internal const int Interval = 10;

    private const int WarmUp = 10;
    private const double Explosion = 100;
    private const int ExplodingSamples = 3;
    private const double Decline = 1e-5;
    private const int VanishingSamples = 10;
    private const double Smoothing = 0.05;

    private int _samples;
    private double _average;
    private double _highest;
    private int _long;
    private int _short;

    /// <summary>Takes a sample.</summary>
    /// <param name="length">The gradient's norm.</param>
    /// <returns>What is wrong, with the evidence; null: nothing that was not the case at the sample before.</returns>
    internal (HealthProblem Problem, string Evidence)? Observe(double length)
    {
        if (!double.IsFinite(length))
            return (HealthProblem.Nan, $"its gradient's norm is {length}");
        var isLong = _samples >= WarmUp && length > Explosion * _average;
        var isShort = _samples >= WarmUp && length < Decline * _highest;
        _long = isLong ? _long + 1 : 0;
        _short = isShort ? _short + 1 : 0;
        if (!isLong)
            Average(length);
        if (_long == ExplodingSamples)
            return (HealthProblem.Exploding, FormattableString.Invariant($"its gradient's norm is {length:G4}, for {Interval * ExplodingSamples} steps more than {Explosion:G0} times its average, {_average:G4}"));
        if (_short == VanishingSamples)
            return (HealthProblem.Vanishing, FormattableString.Invariant($"its gradient's norm is {length:G4}, for {Interval * VanishingSamples} steps less than {Decline:G1} of its highest average, {_highest:G4}"));
        return null;
    }

    private void Average(double length)
    {
        _average = _samples == 0 ? length : _average + (Math.Max(Smoothing, 1.0 / (_samples + 1)) * (length - _average));
        _highest = Math.Max(_highest, _average);
        _samples++;
    }
}
