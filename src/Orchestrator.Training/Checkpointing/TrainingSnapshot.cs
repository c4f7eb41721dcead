using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Safetensors;
using Orchestrator.Training.Engine;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Checkpointing;

/// <summary>A copy of a training state in host memory, which is written while training goes on. The memory is reused for the next one.</summary>
internal sealed class TrainingSnapshot
{
    private readonly Dictionary<string, byte[]> _memory = new(StringComparer.Ordinal);
    private readonly List<TensorData> _model = [];
    private readonly List<TensorData> _optimizer = [];

    /// <summary>Copies the state.</summary>
    internal void Capture(TrainingState state)
    {
        _model.Clear();
        _optimizer.Clear();
        foreach (var network in state.Networks)
            Capture(network);
    }

    /// <summary>The files of a checkpoint.</summary>
    internal IReadOnlyList<CheckpointFile> Files() =>
    [
        new CheckpointFile(CheckpointFiles.Model, stream => SafetensorsWriter.Write(stream, _model, Metadata)),
        new CheckpointFile(CheckpointFiles.Optimizer, stream => SafetensorsWriter.Write(stream, _optimizer, Metadata)),
    ];

    /// <summary>What PyTorch's tools expect.</summary>
    private static IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" };

    private void Capture(NetworkState network)
    {
        AddParameters(_model, network, "", network.Parameters.Values);
        foreach (var (name, values) in network.Buffers)
            _model.Add(new TensorData(network.Qualify(name), TensorTypes.Of(values.dtype), values.shape, Copy("buffer." + network.Qualify(name), values)));
        foreach (var (name, values) in network.Optimizer.State)
            AddParameters(_optimizer, network, name + ".", values);
        _optimizer.Add(new TensorData(network.Qualify(CheckpointFiles.Updates), TensorDataType.Int64, [], BitConverter.GetBytes(network.Updates)));
    }

    private void AddParameters(List<TensorData> file, NetworkState network, string prefix, Tensor flat)
    {
        var copy = Copy("flat." + network.Qualify(prefix), flat);
        foreach (var slot in network.Parameters.Slots)
        {
            var part = copy.Slice(slot.Start * sizeof(float), slot.Count * sizeof(float));
            file.Add(new TensorData(prefix + network.Qualify(slot.Name), TensorDataType.Float32, slot.Shape, part));
        }
    }

    private ReadOnlyMemory<byte> Copy(string key, Tensor tensor)
    {
        using var host = tensor.device_type == DeviceType.CPU && tensor.is_contiguous() ? tensor.alias() : tensor.cpu().contiguous();
        var source = host.bytes;
        if (!_memory.TryGetValue(key, out var memory) || memory.Length != source.Length)
            _memory[key] = memory = new byte[source.Length];
        source.CopyTo(memory);
        return memory;
    }
}
