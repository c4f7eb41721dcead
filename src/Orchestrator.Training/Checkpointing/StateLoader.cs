using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Safetensors;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Optimizers;
using static TorchSharp.torch;

namespace Orchestrator.Training.Checkpointing;

/// <summary>Puts a checkpoint into a training state: all of it, or nothing when something does not fit.</summary>
internal sealed class StateLoader
{
    private readonly List<(Tensor Target, Tensor Source)> _staged = [];
    private readonly List<(NetworkState Network, long Updates)> _updates = [];

    /// <exception cref="CheckpointException">The checkpoint is malformed or of another model.</exception>
    internal static void Load(StoredCheckpoint checkpoint, TrainingState state)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var loader = new StateLoader();
        loader.StageModel(checkpoint, state);
        loader.StageOptimizer(checkpoint, state);
        loader.Apply();
        state.Epoch = checkpoint.Manifest.Epoch;
        state.BatchInEpoch = checkpoint.Manifest.BatchInEpoch;
        state.Step = checkpoint.Manifest.Step;
        state.History.Clear();
        foreach (var metrics in checkpoint.Manifest.History)
            state.Remember(metrics);
        for (var i = 0; i < state.LossSums.Length; i++)
            state.LossSums[i] = i < checkpoint.Manifest.LossSums.Count ? checkpoint.Manifest.LossSums[i] : 0;
    }

    /// <summary>Loads parameters (their averages, where the checkpoint has them) and buffers alone, to use the model.</summary>
    /// <exception cref="CheckpointException">The checkpoint is malformed or of another model.</exception>
    internal static void LoadModel(StoredCheckpoint checkpoint, TrainingState state)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var loader = new StateLoader();
        loader.StageModel(checkpoint, state);
        loader.StageAverages(checkpoint, state);
        loader.Apply();
    }

    /// <summary>Loads parameters and buffers from any safetensors file, such as one that PyTorch wrote; names that the model lacks are passed over.</summary>
    /// <param name="path">A path or an <c>s3:</c> URL.</param>
    /// <param name="state">What they are loaded into.</param>
    /// <exception cref="CheckpointException">The file is malformed or not in its bucket, or lacks a tensor of the model's, or has it in another shape.</exception>
    /// <exception cref="TrainingException">The file cannot be read.</exception>
    internal static void LoadFile(string path, TrainingState state)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var loader = new StateLoader();
        try
        {
            using var file = SafetensorsReader.Open(CheckpointLocation.OpenFile(path), path);
            loader.StageModel(file, state);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(TrainingException.InvalidParameters, $"init_from: cannot read {path}: {exception.Message}", exception);
        }

        loader.Apply();
        foreach (var network in state.Networks)
            network.RestartAverage();
    }

    /// <summary>Over the parameters that are staged already.</summary>
    private void StageAverages(StoredCheckpoint checkpoint, TrainingState state)
    {
        var averaged = state.Networks.Where(network => network.Network.AverageDecay > 0).ToList();
        if (averaged.Count == 0)
            return;
        using var file = checkpoint.OpenTensors(CheckpointFiles.Optimizer);
        foreach (var network in averaged)
            StageParameters(file, network, AveragingOptimizer.AverageName + ".", network.Parameters.Values);
    }

    private void StageModel(StoredCheckpoint checkpoint, TrainingState state)
    {
        using var file = checkpoint.OpenTensors(CheckpointFiles.Model);
        StageModel(file, state);
    }

    private void StageModel(SafetensorsReader file, TrainingState state)
    {
        foreach (var network in state.Networks)
        {
            StageParameters(file, network, "", network.Parameters.Values);
            foreach (var (name, values) in network.Buffers)
                _staged.Add((values, Read(file, network.Qualify(name), values.dtype, values.shape)));
        }
    }

    private void StageOptimizer(StoredCheckpoint checkpoint, TrainingState state)
    {
        using var file = checkpoint.OpenTensors(CheckpointFiles.Optimizer);
        foreach (var network in state.Networks)
        {
            foreach (var (name, values) in network.Optimizer.State)
                StageParameters(file, network, name + ".", values);
            var updates = new byte[sizeof(long)];
            file.Read(network.Qualify(CheckpointFiles.Updates), updates);
            _updates.Add((network, BitConverter.ToInt64(updates)));
        }
    }

    private void StageParameters(SafetensorsReader file, NetworkState network, string prefix, Tensor flat)
    {
        foreach (var slot in network.Parameters.Slots)
        {
            var source = Read(file, prefix + network.Qualify(slot.Name), ScalarType.Float32, slot.Shape);
            _staged.Add((flat.narrow(0, slot.Start, slot.Count), source.view(slot.Count)));
        }
    }

    private void Apply()
    {
        foreach (var (target, source) in _staged)
            target.copy_(source);
        foreach (var (network, updates) in _updates)
            network.Updates = updates;
    }

    private static Tensor Read(SafetensorsReader file, string name, ScalarType type, IReadOnlyList<long> shape)
    {
        if (file.Tensors.TryGetValue(name, out var entry) && (entry.DataType != TensorTypes.Of(type) || !entry.Shape.SequenceEqual(shape)))
        {
            throw new CheckpointException(
                CheckpointError.Incompatible,
                $"Tensor '{name}' of the checkpoint is {entry.DataType} [{string.Join(", ", entry.Shape)}], the model's is {TensorTypes.Of(type)} [{string.Join(", ", shape)}]: the parameters differ.");
        }

        var tensor = empty([.. shape], type);
        file.Read(name, tensor.bytes);
        return tensor;
    }
}
