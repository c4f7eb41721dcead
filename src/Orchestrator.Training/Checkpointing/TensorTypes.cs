using Orchestrator.Checkpoints.Safetensors;
using static TorchSharp.torch;

namespace Orchestrator.Training.Checkpointing;

internal static class TensorTypes
{
    internal static TensorDataType Of(ScalarType type) => type switch
    {
        ScalarType.Bool => TensorDataType.Bool,
        ScalarType.Byte => TensorDataType.UInt8,
        ScalarType.Int8 => TensorDataType.Int8,
        ScalarType.Int16 => TensorDataType.Int16,
        ScalarType.Int32 => TensorDataType.Int32,
        ScalarType.Int64 => TensorDataType.Int64,
        ScalarType.Float16 => TensorDataType.Float16,
        ScalarType.BFloat16 => TensorDataType.BFloat16,
        ScalarType.Float32 => TensorDataType.Float32,
        ScalarType.Float64 => TensorDataType.Float64,
        _ => throw new NotSupportedException($"Tensors of {type} cannot be saved."),
    };
}
