using Orchestrator.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Vae;

/// <summary>An encoder of two strided convolutions and a dense layer, and a decoder that mirrors it.</summary>
internal sealed class ConvolutionalVaeNetwork : nn.Module, IVaeNetwork
{
    private const int Channels = 32;
    private const int Reduction = 4;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Linear fc1;
    private readonly Linear fc21;
    private readonly Linear fc22;
    private readonly Linear fc3;
    private readonly Linear fc4;
    private readonly ConvTranspose2d deconv1;
    private readonly ConvTranspose2d deconv2;
#pragma warning restore IDE1006

    private readonly long _height;
    private readonly long _width;

    /// <summary>Makes the layers.</summary>
    /// <param name="shape">Of an image: channels, height, width.</param>
    /// <param name="hiddenSize">Units of the dense layers.</param>
    /// <param name="latentSize">Dimensions of the latent space.</param>
    /// <param name="classes">Classes that encoder and decoder are told; 0 for none.</param>
    /// <exception cref="TrainingException">A side is no multiple of 4.</exception>
    internal ConvolutionalVaeNetwork(IReadOnlyList<long> shape, long hiddenSize, long latentSize, long classes)
        : base("vae")
    {
        if (shape[1] % Reduction != 0 || shape[2] % Reduction != 0)
            throw new TrainingException(TrainingException.InvalidParameters, $"convolutional: the sides of the images, {shape[1]} and {shape[2]}, must be multiples of {Reduction}.");
        (_height, _width) = (shape[1] / Reduction, shape[2] / Reduction);
        var smallest = 2 * Channels * _height * _width;
        conv1 = nn.Conv2d(shape[0], Channels, 4, 2, 1);
        conv2 = nn.Conv2d(Channels, 2 * Channels, 4, 2, 1);
        fc1 = nn.Linear(smallest + classes, hiddenSize);
        fc21 = nn.Linear(hiddenSize, latentSize);
        fc22 = nn.Linear(hiddenSize, latentSize);
        fc3 = nn.Linear(latentSize + classes, hiddenSize);
        fc4 = nn.Linear(hiddenSize, smallest);
        deconv1 = nn.ConvTranspose2d(2 * Channels, Channels, 4, 2, 1);
        deconv2 = nn.ConvTranspose2d(Channels, shape[0], 4, 2, 1);
        RegisterComponents();
    }

    public (Tensor Mean, Tensor LogVariance) Encode(Tensor images, Tensor? classes)
    {
        var seen = conv2.call(conv1.call(images).relu()).relu().flatten(1);
        var hidden = fc1.call(IVaeNetwork.With(seen, classes)).relu();
        return (fc21.call(hidden), fc22.call(hidden));
    }

    public Tensor Decode(Tensor codes, Tensor? classes)
    {
        var smallest = fc4.call(fc3.call(IVaeNetwork.With(codes, classes)).relu()).relu().view(-1, 2 * Channels, _height, _width);
        return deconv2.call(deconv1.call(smallest).relu()).flatten(1);
    }
}
