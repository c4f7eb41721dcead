using Orchestrator.Training.Optimizers;
using Orchestrator.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>A network with all that training changes: parameters, buffers, optimizer.</summary>
internal sealed class NetworkState : IDisposable
{
    private readonly string _prefix;

    internal NetworkState(Network network, TrainingOptions options, Device device)
    {
        Network = network;
        _prefix = network.Name.Length == 0 ? "" : network.Name + ".";
        network.Module.to(device);
        Parameters = new FlatParameters(network, device);
        Optimizer = FlatOptimizer.Create(options, Parameters.Values, Parameters.Gradients);
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

    /// <summary>Applies the gradients.</summary>
    internal void Update() => Optimizer.Step(++Updates);

    public void Dispose()
    {
        Optimizer.Dispose();
        Parameters.Dispose();
    }
}
