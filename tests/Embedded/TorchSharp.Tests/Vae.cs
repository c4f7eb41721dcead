using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

/// <summary>The usual dense VAE: 784-400-20 and back.</summary>
internal sealed class Vae : nn.Module<Tensor, (Tensor Reconstruction, Tensor Mean, Tensor LogVariance)>
{
    private readonly Linear fc1;
    private readonly Linear fc21;
    private readonly Linear fc22;
    private readonly Linear fc3;
    private readonly Linear fc4;

    internal Vae(int inputs = 784, int hidden = 400, int latent = 20)
        : base(nameof(Vae))
    {
        fc1 = nn.Linear(inputs, hidden);
        fc21 = nn.Linear(hidden, latent);
        fc22 = nn.Linear(hidden, latent);
        fc3 = nn.Linear(latent, hidden);
        fc4 = nn.Linear(hidden, inputs);
        RegisterComponents();
    }

    /// <summary>Noise to use in place of a random draw.</summary>
    internal Tensor? Noise { get; set; }

    public override (Tensor Reconstruction, Tensor Mean, Tensor LogVariance) forward(Tensor input)
    {
        var h = F.relu(fc1.call(input));
        var mean = fc21.call(h);
        var logVariance = fc22.call(h);
        var z = mean + (Noise ?? mean.randn_like()) * (logVariance * 0.5).exp();
        return (F.sigmoid(fc4.call(F.relu(fc3.call(z)))), mean, logVariance);
    }

    internal Tensor Loss(Tensor input)
    {
        var (reconstruction, mean, logVariance) = call(input);
        var bce = F.binary_cross_entropy(reconstruction, input, reduction: nn.Reduction.Sum);
        return bce - 0.5 * (1 + logVariance - mean.pow(2) - logVariance.exp()).sum();
    }
}
