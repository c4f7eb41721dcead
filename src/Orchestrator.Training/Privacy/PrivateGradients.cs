using System.Runtime.InteropServices;
using Orchestrator.Training.Data;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Optimizers;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Training.Privacy;

/// <summary>
/// Trains on the rows of a batch one by one, so that each can change the parameters by little: its gradient is clipped, and noise covers their
/// sum. Abadi et al.: Deep Learning with Differential Privacy, CCS 2016, algorithm 1.
/// </summary>
/// <remarks>Costs a forward and a backward pass for each row.</remarks>
internal sealed class PrivateGradients : IDisposable
{
    private readonly PrivacyPlan _plan;
    private readonly NetworkState _network;
    private readonly GradientStep _step;
    private readonly Tensor _sum;
    private readonly Tensor _noise;
    private double _loss;

    /// <param name="plan">Clip and noise.</param>
    /// <param name="state">What is trained.</param>
    /// <param name="step">Combines the ranks' sums and updates.</param>
    /// <exception cref="TrainingException">The model has several networks, or layers that mix rows.</exception>
    internal PrivateGradients(PrivacyPlan plan, TrainingState state, GradientStep step)
    {
        (_plan, _step) = (plan, step);
        if (state.Networks.Count > 1)
            throw Refused($"the task trains {state.Networks.Count} networks in turn, and the cost of that is not accounted for");
        _network = state.Networks[0];
        if (_network.Network.Module.modules().Any(module => module is BatchNorm1d or BatchNorm2d or BatchNorm3d))
            throw Refused("the model has batch normalization, in which a row's gradient depends on other rows");
        _sum = zeros_like(_network.Parameters.Gradients).DetachFromDisposeScope();
        _noise = zeros(_network.Parameters.Length, ScalarType.Float32).DetachFromDisposeScope();
    }

    /// <summary>Trains on a batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">This rank's rows.</param>
    /// <param name="stepOf">What the task sees of one row: the row, its position in <paramref name="batch"/>, what it minimizes with.</param>
    /// <param name="seed">Seed of the noise; the same on all ranks.</param>
    internal void Train(ITaskModel model, Batch batch, Func<Batch, int, Action<Network, Tensor>, TrainingStep> stepOf, long seed)
    {
        _sum.zero_();
        _loss = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            using var scope = NewDisposeScope();
            model.Train(stepOf(new Batch(batch.Inputs.narrow(0, row, 1), batch.Labels.narrow(0, row, 1), 1), row, Add));
        }

        _network.Parameters.ZeroGradients();
        _network.Parameters.Gradients.copy_(_sum);
        DrawNoise(seed);
        _step.Finish(_network, _loss, Cover);
    }

    public void Dispose()
    {
        _sum.Dispose();
        _noise.Dispose();
    }

    /// <summary>Adds one row's gradient.</summary>
    private void Add(Network network, Tensor loss)
    {
        _network.Parameters.ZeroGradients();
        loss.backward();
        _network.Parameters.CollectGradients();
        _loss += loss.item<float>();
        GradientClipping.Clip(_network.Parameters.Gradients, _plan.Clip);
        _sum.add_(_network.Parameters.Gradients);
    }

    /// <summary>Adds noise to the sum over all ranks, and divides by the mean size of batches: their actual size says something of the rows.</summary>
    private void Cover(Tensor gradients, int meanRows)
    {
        using var noise = gradients.device_type == TorchSharp.DeviceType.CPU ? _noise.alias() : _noise.to(gradients.device);
        gradients.add_(noise, _plan.Noise * _plan.Clip);
        gradients.div_(meanRows);
    }

    private void DrawNoise(long seed)
    {
        var noise = MemoryMarshal.Cast<byte, float>(_noise.bytes);
        for (var i = 0; i < _network.Parameters.Slots.Count; i++)
        {
            var slot = _network.Parameters.Slots[i];
            NormalNoise.Fill(noise.Slice(slot.Start, slot.Count), slot.Count, seed, i);
        }
    }

    private static TrainingException Refused(string why) => new(TrainingException.InvalidParameters, $"privacy_epsilon: {why}.");
}
