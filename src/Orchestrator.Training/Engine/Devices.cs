using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>Devices by name.</summary>
internal static class Devices
{
    /// <exception cref="TrainingException">The name is wrong, or this machine has no such device.</exception>
    internal static Device Parse(string name, int worldSize)
    {
        if (name == "cpu")
            return CPU;
        var isCuda = name == "cuda" || (name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out _));
        if (!isCuda)
            throw new TrainingException(TrainingException.DeviceUnavailable, $"'{name}' is no device: use cpu, cuda or cuda:N.");
        if (!cuda.is_available())
            throw new TrainingException(TrainingException.DeviceUnavailable, $"Device '{name}' is not available: the tensor library of this machine has no CUDA. Use cpu.");
        if (worldSize > 1)
            throw new TrainingException(TrainingException.DeviceUnavailable, $"This build reduces gradients in host memory: use one rank with '{name}'.");
        return new Device(name);
    }
}
