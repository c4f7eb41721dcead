using Orchestrator.Domain.Specs;

namespace Orchestrator.Grains.Experiments;

/// <summary>Between kinds of devices and their names in files and messages.</summary>
public static class DeviceNames
{
    /// <summary>The name: <c>cpu</c> or <c>cuda</c>.</summary>
    public static string Of(DeviceKind device) => device == DeviceKind.Cuda ? "cuda" : "cpu";

    /// <summary>The kind of that name.</summary>
    /// <exception cref="FormatException">There is no such kind.</exception>
    public static DeviceKind Parse(string name) => name switch
    {
        "cpu" => DeviceKind.Cpu,
        "cuda" => DeviceKind.Cuda,
        _ => throw new FormatException($"'{name}' is no kind of device; there are cpu and cuda."),
    };
}
