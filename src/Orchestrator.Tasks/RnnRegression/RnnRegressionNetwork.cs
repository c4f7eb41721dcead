using Orchestrator.Tasks.Rnn;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.RnnRegression;

/// <summary>Recurrent layers and a linear layer, which gives the change from each time to the next.</summary>
internal sealed class RnnRegressionNetwork : nn.Module
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly nn.Module rnn;
    private readonly Linear head;
#pragma warning restore IDE1006
    private readonly RecurrentLayers _layers;

    internal RnnRegressionNetwork(RnnRegressionOptions options, long columns)
        : base("rnn-regression")
    {
        _layers = new RecurrentLayers(options.Cell, columns, options.HiddenSize, options.Layers, dropout: 0);
        rnn = _layers.Module;
        head = nn.Linear(options.HiddenSize, columns);
        RegisterComponents();
    }

    /// <summary>What comes after each time.</summary>
    /// <param name="inputs">Rows x times x columns.</param>
    internal Tensor Read(Tensor inputs) => inputs + head.call(_layers.Read(inputs, []).Outputs);
}
