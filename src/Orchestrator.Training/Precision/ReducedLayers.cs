using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Training.Precision;

/// <summary>
/// Has the layers of a network that cost most compute in bfloat16: what comes in is rounded, what goes out is widened again, so that losses,
/// normalizations and all else between layers stay 32-bit. Kalamkar et al.: A Study of BFLOAT16 for Deep Learning Training, 2019.
/// </summary>
/// <remarks>
/// A kind of layer that the device does not have in bfloat16 stays 32-bit. So do parameters that a module uses without such a layer, as
/// spectral normalization and the encoders of the library do: what type they are computed in is the module's own affair.
/// </remarks>
internal sealed class ReducedLayers(Device device)
{
    private readonly Dictionary<Type, bool> _has = [];

    /// <summary>Rounds the parameters of the network's layers, and has those layers compute in bfloat16.</summary>
    internal void Reduce(nn.Module module)
    {
        switch (module)
        {
            case Linear or Conv1d or Conv2d or ConvTranspose1d or ConvTranspose2d when Has(module):
                Convert((nn.Module<Tensor, Tensor>)module);
                break;
            case RNN plain when Has(plain):
                Convert(plain);
                break;
            case GRU gru when Has(gru):
                Convert(gru);
                break;
            case LSTM lstm when Has(lstm):
                Convert(lstm);
                break;
            case MultiheadAttention or TransformerEncoderLayer or TransformerEncoder:
                break; // they use the parameters of the layers in them without calling those
            default:
                foreach (var child in module.children())
                    Reduce(child);
                break;
        }
    }

    private bool Has(nn.Module layer)
    {
        var kind = layer.GetType();
        if (!_has.TryGetValue(kind, out var has))
            _has[kind] = has = LayerProbe.Has(layer, device);
        return has;
    }

    private static void Convert(nn.Module<Tensor, Tensor> layer)
    {
        if (!Round(layer))
            return;
        layer.register_forward_pre_hook((_, input) => Narrow(input));
        layer.register_forward_hook((_, _, output) => Widen(output));
    }

    private static void Convert(nn.Module<Tensor, Tensor?, (Tensor, Tensor)> layer)
    {
        if (!Round(layer))
            return;
        layer.register_forward_pre_hook((_, input, state) => (Narrow(input), state is null ? null : Narrow(state)));
        layer.register_forward_hook((_, _, _, output) => (Widen(output.Item1), Widen(output.Item2)));
    }

    private static void Convert(LSTM layer)
    {
        if (!Round(layer))
            return;
        layer.register_forward_pre_hook((_, input, state) => (Narrow(input), state is var (hidden, cell) ? (Narrow(hidden), Narrow(cell)) : null));
        layer.register_forward_hook((_, _, _, output) => (Widen(output.Item1), Widen(output.Item2), Widen(output.Item3)));
    }

    /// <summary>Whether it was to be done: a layer may be in a network twice.</summary>
    private static bool Round(nn.Module layer)
    {
        if (layer.parameters().First().dtype == ScalarType.BFloat16)
            return false;
        layer.to(ScalarType.BFloat16);
        return true;
    }

    private static Tensor Narrow(Tensor tensor) => tensor.to(ScalarType.BFloat16);

    private static Tensor Widen(Tensor tensor) => tensor.to(ScalarType.Float32);
}
