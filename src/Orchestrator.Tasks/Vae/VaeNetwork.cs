using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Vae;

/// <summary>Encoder and decoder, with the layer names of the usual reference implementation (fc1, fc21, fc22, fc3, fc4).</summary>
internal sealed class VaeNetwork : nn.Module, IVaeNetwork
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Linear fc1;
    private readonly Linear fc21;
    private readonly Linear fc22;
    private readonly Linear fc3;
    private readonly Linear fc4;
#pragma warning restore IDE1006

    /// <summary>Makes the layers.</summary>
    /// <param name="inputSize">Pixels of an image.</param>
    /// <param name="hiddenSize">Units of the hidden layers.</param>
    /// <param name="latentSize">Dimensions of the latent space.</param>
    /// <param name="classes">Classes that encoder and decoder are told; 0 for none.</param>
    internal VaeNetwork(long inputSize, long hiddenSize, long latentSize, long classes)
        : base("vae")
    {
        fc1 = nn.Linear(inputSize + classes, hiddenSize);
        fc21 = nn.Linear(hiddenSize, latentSize);
        fc22 = nn.Linear(hiddenSize, latentSize);
        fc3 = nn.Linear(latentSize + classes, hiddenSize);
        fc4 = nn.Linear(hiddenSize, inputSize);
        RegisterComponents();
    }

    public (Tensor Mean, Tensor LogVariance) Encode(Tensor images, Tensor? classes)
    {
        var hidden = fc1.call(IVaeNetwork.With(images.flatten(1), classes)).relu();
        return (fc21.call(hidden), fc22.call(hidden));
    }

    public Tensor Decode(Tensor codes, Tensor? classes) => fc4.call(fc3.call(IVaeNetwork.With(codes, classes)).relu());
}
