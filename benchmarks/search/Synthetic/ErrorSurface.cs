using Orchestrator.Domain.Randomness;

namespace Orchestrator.Search.Benchmarks.Synthetic;

/// <summary>A made-up final error and speed of learning over parameters in [0, 1]; the first parameter is the learning rate's.</summary>
internal sealed class ErrorSurface
{
    private readonly double[] _centres;
    private readonly double[] _weights;
    private readonly double[] _powers;
    private readonly double[] _speeds;
    private readonly double _coupling;
    private readonly double _cliff;

    public ErrorSurface(int dimensions, ref SplitMix64 random)
    {
        (_centres, _weights, _powers, _speeds) = (new double[dimensions], new double[dimensions], new double[dimensions], new double[dimensions]);
        for (var i = 0; i < dimensions; i++)
        {
            _centres[i] = random.NextDouble();
            _weights[i] = Math.Exp(0.6 * random.NextNormal());
            _powers[i] = 1.2 + 0.8 * random.NextDouble();
            _speeds[i] = 0.6 * random.NextNormal();
        }
        _coupling = random.NextNormal();
        _cliff = 0.75 + 0.3 * random.NextDouble();
    }

    /// <summary>The error in percent after a whole training: from about 1 to 90.</summary>
    public double Error(double[] unit)
    {
        var bowl = _coupling * (unit[0] - _centres[0]) * (unit[1] - _centres[1]);
        for (var i = 0; i < unit.Length; i++) bowl += _weights[i] * Math.Pow(Math.Abs(unit[i] - _centres[i]), _powers[i]);
        var diverged = 30 * Math.Max(0, unit[0] + 0.3 * unit[2] - _cliff);
        return 90 * (1 - Math.Exp(-0.01 - 0.2 * Math.Max(0, bowl) - 0.1 * diverged));
    }

    /// <summary>The epochs in which about half of what can be learned is learned.</summary>
    /// <param name="unit">The parameters.</param>
    /// <param name="crossing">How much faster a trial learns where it ends worse.</param>
    public double Slowness(double[] unit, double crossing)
    {
        var speed = 1.5 * (unit[0] - 0.5);
        for (var i = 0; i < unit.Length; i++) speed += _speeds[i] * (unit[i] - 0.5);
        return 2 * Math.Exp(-speed - crossing * Math.Log(Math.Max(1, Error(unit)) / 20));
    }
}
