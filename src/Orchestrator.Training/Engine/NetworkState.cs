using Orchestrator.Training.Optimizers;
using Orchestrator.Training.Precision;
using Orchestrator.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>A network with all that training changes: parameters, buffers, optimizer.</summary>
internal sealed class NetworkState : IDisposable
{
    private readonly string _prefix;
    private readonly TrainingOptions _options;

    internal NetworkState(Network network, TrainingOptions options, Device device, ReducedLayers? reduced = null)
    {
        Network = network;
        _prefix = network.Name.Length == 0 ? "" : network.Name + ".";
        network.Module.to(device);
        Parameters = new FlatParameters(network, device, reduced);
        _options = options;
        Optimizer = FlatOptimizer.Create(options, Parameters.Values, Parameters.Gradients);
        if (network.AverageDecay > 0)
            Optimizer = new AveragingOptimizer(Optimizer, Parameters.Values, network.AverageDecay);
        Buffers = [.. network.Module.named_buffers().Select(entry => (entry.Item1, entry.Item2))];
    }

    internal Network Network { get; }

    internal FlatParameters Parameters { get; }

    internal IFlatOptimizer Optimizer { get; }

    /// <summary>Tensors of the module that are state but not trained, such as running means.</summary>
    internal IReadOnlyList<(string Name, Tensor Values)> Buffers { get; }

    /// <summary>Optimizer steps that this network has taken.</summary>
    internal long Updates { get; set; }

    /// <summary>A tensor's name in a checkpoint: as in PyTorch's state_dict of the whole model.</summary>
    internal string Qualify(string name) => _prefix + name;

    /// <summary>Length of the gradient of all parameters together.</summary>
    internal double GradientNorm()
    {
        using var norm = Parameters.Gradients.norm();
        return norm.item<float>();
    }

    /// <summary>Applies the gradients.</summary>
    /// <param name="scheduled">What the learning rate is of the trial's at this step.</param>
    internal void Update(double scheduled)
    {
        if (_options.ClipNorm > 0)
            GradientClipping.Clip(Parameters.Gradients, _options.ClipNorm);
        Optimizer.Step(++Updates, _options.LearningRate * Network.LearningRateFactor * scheduled);
        Parameters.Round();
    }

    /// <summary>Begins the moving average, where one is kept, at the parameters as they are.</summary>
    internal void RestartAverage()
    {
        if (Optimizer is AveragingOptimizer averaging)
            averaging.Average.copy_(Parameters.Values);
    }

    /// <summary>Puts the average of the parameters in their place, where one is kept, until the result is disposed.</summary>
    internal IDisposable? UseAverage() =>
        Optimizer is AveragingOptimizer averaging ? new ReplacedParameters(Parameters, averaging.Average) : null;

    public void Dispose()
    {
        Optimizer.Dispose();
        Parameters.Dispose();
    }
}
