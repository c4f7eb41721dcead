using System.Runtime.InteropServices;
using Orchestrator.Training.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Training.Precision;

/// <summary>Finds out by a small layer whether a device computes a kind of layer in bfloat16: that depends on the device, the processor's instructions and the library's version.</summary>
internal static class LayerProbe
{
    // Large enough that the library takes the ways that it takes for layers of usual size: it has others for the smallest. And as many outputs as inputs
    // would hide that libtorch 1.13 takes a transposed convolution for a plain one.
    private const int Inputs = 32;
    private const int Outputs = 48;
    private const int Length = 32;

    /// <summary>Whether forward and backward passes of layers of this kind work.</summary>
    internal static bool Has(nn.Module layer, Device device)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        using var probe = LibraryGenerator.Draw(seed: 0, () => Like(layer));
        try
        {
            probe.to(device).to(ScalarType.BFloat16);
            Run(probe, device).to(ScalarType.Float32).sum().backward();
            return true;
        }
        catch (ExternalException)
        {
            return false; // the library's way to say that it lacks an operation
        }
    }

    private static nn.Module Like(nn.Module layer) => layer switch
    {
        Linear => nn.Linear(Inputs, Outputs),
        Conv1d => nn.Conv1d(Inputs, Outputs, 2),
        Conv2d => nn.Conv2d(Inputs, Outputs, 2),
        ConvTranspose1d => nn.ConvTranspose1d(Inputs, Outputs, 2),
        ConvTranspose2d => nn.ConvTranspose2d(Inputs, Outputs, 2),
        RNN => nn.RNN(Inputs, Outputs),
        GRU => nn.GRU(Inputs, Outputs),
        LSTM => nn.LSTM(Inputs, Outputs),
        _ => throw new ArgumentException($"{layer.GetType()} is not probed", nameof(layer)),
    };

    private static Tensor Run(nn.Module probe, Device device) => probe switch
    {
        Linear linear => linear.call(Zeros(device, Length, Inputs)),
        RNN plain => plain.call(Zeros(device, Length, 1, Inputs)).Item1,
        GRU gru => gru.call(Zeros(device, Length, 1, Inputs)).Item1,
        LSTM lstm => lstm.call(Zeros(device, Length, 1, Inputs)).Item1,
        Conv2d or ConvTranspose2d => ((nn.Module<Tensor, Tensor>)probe).call(Zeros(device, 1, Inputs, Length, Length)),
        _ => ((nn.Module<Tensor, Tensor>)probe).call(Zeros(device, 1, Inputs, Length)),
    };

    private static Tensor Zeros(Device device, params long[] shape) => zeros(shape, ScalarType.BFloat16, device, requires_grad: true);
}
