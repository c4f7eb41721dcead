using System.Runtime.InteropServices;
using Orchestrator.Training.Tasks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>
/// The trainable parameters of a network and their gradients as views of one tensor each, so that one all-reduce, one optimizer pass and
/// one copy do what would be one per parameter. After the gradients lie a few control numbers, which every all-reduce carries along.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    /// <summary>Parameters begin at multiples of this many elements: a cache line, and the widest vector.</summary>
    private const int Alignment = 16;

    private readonly Tensor _gradientsAndControl;
    private readonly float[]? _hostControl;

    /// <summary>Moves the parameters of a network, which must be 32-bit floats, into flat tensors.</summary>
    internal FlatParameters(Network network, Device device)
    {
        var parameters = Trainable(network);
        Slots = Layout(parameters);
        Length = Slots.Sum(slot => Align(slot.Count));
        Values = zeros(Length, ScalarType.Float32, device).DetachFromDisposeScope();
        _gradientsAndControl = zeros(Length + Alignment, ScalarType.Float32, device).DetachFromDisposeScope();
        _hostControl = device.type == DeviceType.CPU ? null : new float[Alignment];
        Gradients = _gradientsAndControl.narrow(0, 0, Length).DetachFromDisposeScope();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var ((_, parameter), slot) in parameters.Zip(Slots))
            Bind(parameter, slot);
    }

    /// <summary>Where each parameter lies.</summary>
    internal IReadOnlyList<ParameterSlot> Slots { get; }

    /// <summary>Elements of <see cref="Values"/>, gaps included.</summary>
    internal int Length { get; }

    /// <summary>All parameters.</summary>
    internal Tensor Values { get; }

    /// <summary>All gradients.</summary>
    internal Tensor Gradients { get; }

    /// <summary>Gradients and control numbers; on the CPU only.</summary>
    internal Span<float> GradientsAndControl => MemoryMarshal.Cast<byte, float>(_gradientsAndControl.bytes);

    /// <summary>The control numbers: of this rank before an all-reduce, of all ranks after it.</summary>
    internal Span<float> Control => _hostControl ?? GradientsAndControl[Length..];

    /// <summary>Sets gradients and control numbers to zero.</summary>
    internal void ZeroGradients() => _gradientsAndControl.zero_();

    public void Dispose()
    {
        Gradients.Dispose();
        _gradientsAndControl.Dispose();
        Values.Dispose();
    }

    private static List<(string Name, Parameter Value)> Trainable(Network network)
    {
        var parameters = network.Module.named_parameters().Where(entry => entry.parameter.requires_grad).DistinctBy(entry => entry.parameter.Handle).ToList();
        foreach (var (name, parameter) in parameters)
        {
            if (parameter.dtype != ScalarType.Float32)
                throw new NotSupportedException($"Parameter '{name}' is {parameter.dtype}; the engine trains 32-bit floats.");
        }

        return parameters;
    }

    private static List<ParameterSlot> Layout(List<(string Name, Parameter Value)> parameters)
    {
        var slots = new List<ParameterSlot>();
        var start = 0;
        foreach (var (name, parameter) in parameters)
        {
            var count = checked((int)parameter.numel());
            slots.Add(new ParameterSlot(name, parameter.shape, start, count));
            start = checked(start + Align(count));
        }

        return slots;
    }

    private static int Align(int count) => (count + Alignment - 1) / Alignment * Alignment;

    private void Bind(Parameter parameter, ParameterSlot slot)
    {
        long[] shape = [.. slot.Shape];
        var values = Values.narrow(0, slot.Start, slot.Count).view(shape);
        values.copy_(parameter);
        parameter.set_(values);
        parameter.grad = Gradients.narrow(0, slot.Start, slot.Count).view(shape);
    }
}
