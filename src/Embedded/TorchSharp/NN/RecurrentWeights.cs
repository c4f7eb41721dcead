using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The weights of a stack of recurrent layers under PyTorch's names, and its calls.</summary>
internal sealed class RecurrentWeights
{
    private readonly List<string> _names = [];
    private readonly double _dropout;

    internal RecurrentWeights(
        long gates, long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional,
        Action<string, Parameter> register, Device? device, ScalarType? dtype)
    {
        if (numLayers < 1) throw new ArgumentException($"numLayers must be at least 1, not {numLayers}");
        if (dropout is < 0 or > 1) throw new ArgumentException($"dropout must be a probability, not {dropout}");
        (HiddenSize, Layers, Bias, BatchFirst, Bidirectional, _dropout) = (hiddenSize, numLayers, bias, batchFirst, bidirectional, dropout);
        var bound = 1 / Math.Sqrt(hiddenSize);
        for (var layer = 0L; layer < numLayers; layer++)
            foreach (var suffix in bidirectional ? new[] { "", "_reverse" } : [""])
            {
                var width = layer == 0 ? inputSize : hiddenSize * Directions;
                Add($"weight_ih_l{layer}{suffix}", gates * hiddenSize, width);
                Add($"weight_hh_l{layer}{suffix}", gates * hiddenSize, hiddenSize);
                if (!bias) continue;
                Add($"bias_ih_l{layer}{suffix}", gates * hiddenSize);
                Add($"bias_hh_l{layer}{suffix}", gates * hiddenSize);
            }

        void Add(string name, params long[] shape)
        {
            var parameter = Parameters.New(shape, device, dtype);
            nn.init.uniform_(parameter, -bound, bound);
            register(name, parameter);
            _names.Add(name);
        }
    }

    internal long HiddenSize { get; }

    internal long Layers { get; }

    internal bool Bias { get; }

    internal bool BatchFirst { get; }

    internal bool Bidirectional { get; }

    internal long Directions => Bidirectional ? 2 : 1;

    internal double Dropout(bool training) => training ? _dropout : 0;

    /// <summary>The weights in the order that libtorch wants.</summary>
    internal Tensor[] All(Func<string, Parameter?> find) => [.. _names.Select(name => find(name)!)];

    /// <summary>(layers * directions, batch, hidden) of zeros.</summary>
    internal Tensor Zeros(Tensor input)
    {
        long[] shape = input.Dimensions == 2
            ? [Layers * Directions, HiddenSize]
            : [Layers * Directions, input.size(BatchFirst ? 0 : 1), HiddenSize];
        return zeros(shape, input.dtype, input.device);
    }
}
