using System.Runtime.InteropServices;
using Orchestrator.Training.Precision;
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
    private readonly RoundedParameters? _rounded;

    /// <summary>Moves the parameters of a network, which must be 32-bit floats, into flat tensors.</summary>
    /// <param name="network">The network.</param>
    /// <param name="device">Where it is.</param>
    /// <param name="reduced">Has its layers compute in bfloat16; null leaves them as they are.</param>
    internal FlatParameters(Network network, Device device, ReducedLayers? reduced = null)
    {
        var parameters = Trainable(network);
        CheckTypes(parameters);
        Slots = Layout(parameters);
        Length = Slots.Sum(slot => Align(slot.Count));
        Values = zeros(Length, ScalarType.Float32, device).DetachFromDisposeScope();
        _gradientsAndControl = zeros(Length + Alignment, ScalarType.Float32, device).DetachFromDisposeScope();
        _hostControl = device.type == DeviceType.CPU ? null : new float[Alignment];
        Gradients = _gradientsAndControl.narrow(0, 0, Length).DetachFromDisposeScope();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var ((_, parameter), slot) in parameters.Zip(Slots))
            View(Values, slot).copy_(parameter);
        reduced?.Reduce(network.Module);
        _rounded = Trainable(network).Any(entry => IsRounded(entry.Value)) ? new RoundedParameters(Length, device) : null;
        foreach (var ((_, parameter), slot) in Trainable(network).Zip(Slots))
            Bind(parameter, slot);
        Round();
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

    /// <summary>Whether some layers compute with rounded parameters.</summary>
    internal bool IsReduced => _rounded is not null;

    /// <summary>Sets gradients and control numbers to zero.</summary>
    internal void ZeroGradients()
    {
        _gradientsAndControl.zero_();
        _rounded?.Gradients.zero_();
    }

    /// <summary>Has <see cref="Gradients"/> complete after a backward pass.</summary>
    internal void CollectGradients() => _rounded?.MoveGradientsTo(Gradients);

    /// <summary>Gives the layers what <see cref="Values"/> have become. Without it, reduced layers compute with what they were.</summary>
    internal void Round() => _rounded?.Values.copy_(Values);

    public void Dispose()
    {
        _rounded?.Dispose();
        Gradients.Dispose();
        _gradientsAndControl.Dispose();
        Values.Dispose();
    }

    private static List<(string Name, Parameter Value)> Trainable(Network network) =>
        [.. network.Module.named_parameters().Where(entry => entry.parameter.requires_grad).DistinctBy(entry => entry.parameter.Handle)];

    private static void CheckTypes(List<(string Name, Parameter Value)> parameters)
    {
        foreach (var (name, parameter) in parameters)
        {
            if (parameter.dtype != ScalarType.Float32)
                throw new NotSupportedException($"Parameter '{name}' is {parameter.dtype}; the engine trains 32-bit floats.");
        }
    }

    private static bool IsRounded(Parameter parameter) => parameter.dtype == ScalarType.BFloat16;

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
        var (values, gradients) = IsRounded(parameter) ? (_rounded!.Values, _rounded.Gradients) : (Values, Gradients);
        parameter.set_(View(values, slot));
        parameter.grad = View(gradients, slot);
    }

    private static Tensor View(Tensor flat, ParameterSlot slot) => flat.narrow(0, slot.Start, slot.Count).view([.. slot.Shape]);
}
