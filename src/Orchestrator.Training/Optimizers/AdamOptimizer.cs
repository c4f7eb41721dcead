using System.Numerics;
using System.Runtime.InteropServices;
using Orchestrator.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba: Adam, a Method for Stochastic Optimization, ICLR 2015) and AdamW (Loshchilov and Hutter: Decoupled Weight Decay
/// Regularization, ICLR 2019). On the CPU one pass over memory does all; on other devices tensor operations do the same.
/// </summary>
internal sealed class AdamOptimizer : IFlatOptimizer
{
    private const double Epsilon = 1e-8;

    private readonly TrainingOptions _options;
    private readonly bool _decoupled;
    private readonly Tensor _parameters;
    private readonly Tensor _gradients;
    private readonly Tensor _mean;
    private readonly Tensor _square;

    internal AdamOptimizer(TrainingOptions options, Tensor parameters, Tensor gradients, bool decoupled)
    {
        (_options, _decoupled, _parameters, _gradients) = (options, decoupled, parameters, gradients);
        _mean = parameters.zeros_like().DetachFromDisposeScope();
        _square = parameters.zeros_like().DetachFromDisposeScope();
        State = [("exp_avg", _mean), ("exp_avg_sq", _square)];
    }

    public IReadOnlyList<(string Name, Tensor Values)> State { get; }

    public void Step(long step, double learningRate)
    {
        var update = new Update(_options, _decoupled, step, learningRate);
        if (_parameters.device_type == DeviceType.CPU)
            StepOnHost(Elements(_parameters), Elements(_gradients), Elements(_mean), Elements(_square), update);
        else
            StepOnDevice(update);
    }

    public void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
    }

    private static Span<float> Elements(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The spans are multiples of a vector: parameters are laid out so.</summary>
    private static void StepOnHost(Span<float> parameters, Span<float> gradients, Span<float> means, Span<float> squares, in Update update)
    {
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients)[..p.Length];
        var m = MemoryMarshal.Cast<float, Vector<float>>(means)[..p.Length];
        var v = MemoryMarshal.Cast<float, Vector<float>>(squares)[..p.Length];
        for (var i = 0; i < p.Length; i++)
        {
            var kept = p[i] * update.Shrink;
            var gradient = g[i] + (update.Decay * kept);
            var mean = m[i] = (m[i] * update.Beta1) + (gradient * update.Rest1);
            var square = v[i] = (v[i] * update.Beta2) + (gradient * gradient * update.Rest2);
            p[i] = kept - (update.Size * mean / ((Vector.SquareRoot(square) * update.Scale) + new Vector<float>(update.Epsilon)));
        }
    }

    private void StepOnDevice(in Update update)
    {
        using var scope = NewDisposeScope();
        _parameters.mul_(update.Shrink);
        var gradient = _gradients + (_parameters * update.Decay);
        _mean.mul_(update.Beta1).add_(gradient, update.Rest1);
        _square.mul_(update.Beta2).addcmul_(gradient, gradient, update.Rest2);
        _parameters.addcdiv_(_mean, (_square.sqrt() * update.Scale) + update.Epsilon, -update.Size);
    }

    /// <summary>The coefficients of one step.</summary>
    private readonly struct Update(TrainingOptions options, bool decoupled, long step, double learningRate)
    {
        internal readonly float Beta1 = (float)options.Momentum;
        internal readonly float Rest1 = (float)(1 - options.Momentum);
        internal readonly float Beta2 = (float)options.Beta2;
        internal readonly float Rest2 = (float)(1 - options.Beta2);
        internal readonly float Epsilon = (float)AdamOptimizer.Epsilon;
        internal readonly float Decay = decoupled ? 0 : (float)options.WeightDecay;
        internal readonly float Shrink = decoupled ? (float)(1 - (learningRate * options.WeightDecay)) : 1;
        internal readonly float Size = (float)(learningRate / (1 - Math.Pow(options.Momentum, step)));
        internal readonly float Scale = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step)));
    }
}
