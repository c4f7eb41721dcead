using System.Diagnostics;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Benchmarks;

/// <summary>A model with a training step on fixed data; the twin of a class in reference.py.</summary>
internal sealed class Workload
{
    private readonly Action _step;

    private Workload(Action step) => _step = step;

    private Workload(nn.Module model, Func<Tensor> loss)
    {
        var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
        _step = () =>
        {
            optimizer.zero_grad();
            loss().backward();
            optimizer.step();
        };
    }

    internal Sample Run(int steps)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            _step();
        }

        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Sample(wall / steps, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / steps);
    }

    internal static Workload Mlp()
    {
        var net = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1));
        Tensor x = rand(16, 32), y = rand(16, 1);
        return new Workload(net, () => F.mse_loss(net.call(x), y));
    }

    internal static Workload Vae()
    {
        var layers = nn.ModuleList(nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20), nn.Linear(20, 400), nn.Linear(400, 784));
        var x = rand(128, 784);
        return new Workload(layers, () =>
        {
            var h = F.relu(layers[0].call(x));
            var (mean, logVariance) = (layers[1].call(h), layers[2].call(h));
            var z = mean + mean.randn_like() * (logVariance * 0.5).exp();
            var y = layers[4].call(F.relu(layers[3].call(z))).sigmoid();
            return F.binary_cross_entropy(y, x, reduction: nn.Reduction.Sum) - 0.5 * (1 + logVariance - mean.pow(2) - logVariance.exp()).sum();
        });
    }

    internal static Workload Conv()
    {
        var net = nn.Sequential(
            nn.Conv2d(1, 8, 4, 2, 1), nn.BatchNorm2d(8), nn.LeakyReLU(0.2), nn.Conv2d(8, 16, 4, 2, 1), nn.BatchNorm2d(16), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(256, 1));
        Tensor x = rand(16, 1, 16, 16), y = ones(16, 1);
        return new Workload(net, () => F.binary_cross_entropy_with_logits(net.call(x), y));
    }

    internal static Workload Lstm()
    {
        var embed = nn.Embedding(64, 32);
        var lstm = nn.LSTM(32, 64, batchFirst: true);
        var head = nn.Linear(64, 64);
        var x = (arange(16 * 24) % 64).view(16, 24);
        var y = (arange(16 * 24) * 7) % 64;
        return new Workload(nn.ModuleList(embed, (nn.Module)lstm, head), () =>
            F.cross_entropy(head.call(lstm.call(embed.call(x)).Item1).view(-1, 64), y));
    }

    internal static Workload Gan() =>
        Adversarial(Dense([100, 128, 256, 512, 1024, 784], nn.Tanh()), Dense([784, 1024, 512, 256, 1]), rand(64, 784), [64, 100]);

    internal static Workload Dcgan()
    {
        var generator = nn.Sequential(
            nn.ConvTranspose2d(100, 128, 7, 1, 0, bias: false), nn.BatchNorm2d(128), nn.ReLU(),
            nn.ConvTranspose2d(128, 64, 4, 2, 1, bias: false), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, 1, 4, 2, 1, bias: false), nn.Tanh());
        var discriminator = nn.Sequential(
            nn.Conv2d(1, 64, 4, 2, 1, bias: false), nn.LeakyReLU(0.2), nn.Conv2d(64, 128, 4, 2, 1, bias: false), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
            nn.Conv2d(128, 1, 7, 1, 0, bias: false), nn.Flatten());
        return Adversarial(generator, discriminator, rand(32, 1, 28, 28), [32, 100, 1, 1]);
    }

    internal static Workload Rnn()
    {
        var embed = nn.Embedding(65, 128);
        var lstm = nn.LSTM(128, 128, 2, batchFirst: true);
        var head = nn.Linear(128, 65);
        var x = (arange(16 * 50) % 65).view(16, 50);
        var y = (arange(16 * 50) * 7) % 65;
        return new Workload(nn.ModuleList(embed, (nn.Module)lstm, head), () =>
            F.cross_entropy(head.call(lstm.call(embed.call(x)).Item1).view(-1, 65), y));
    }

    internal static Workload Transformer()
    {
        var (tokens, positions) = (nn.Embedding(65, 128), nn.Embedding(64, 128));
        var blocks = Enumerable.Range(0, 4).Select(_ => new Block(128, 4)).ToArray();
        var (norm, head) = (nn.LayerNorm(128), nn.Linear(128, 65));
        var x = (arange(12 * 64) % 65).view(12, 64);
        var y = (arange(12 * 64) * 7) % 65;
        var order = arange(64);
        var mask = full(64, 64, float.NegativeInfinity).triu(1);
        return new Workload(nn.ModuleList<nn.Module>([tokens, positions, .. blocks, norm, head]), () =>
        {
            var h = tokens.call(x) + positions.call(order);
            foreach (var block in blocks) h = block.call(h, mask);
            return F.cross_entropy(head.call(norm.call(h)).view(-1, 65), y);
        });
    }

    private static nn.Module<Tensor, Tensor> Dense(int[] sizes, params nn.Module<Tensor, Tensor>[] last)
    {
        var layers = sizes.Zip(sizes.Skip(1)).SelectMany(pair => new nn.Module<Tensor, Tensor>[] { nn.Linear(pair.First, pair.Second), nn.LeakyReLU(0.2) });
        return nn.Sequential([.. layers.SkipLast(1), .. last]);
    }

    /// <summary>One update of the discriminator, one of the generator.</summary>
    private static Workload Adversarial(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, Tensor data, long[] latent)
    {
        var own = optim.Adam(generator.parameters(), lr: 2e-4, beta1: 0.5);
        var other = optim.Adam(discriminator.parameters(), lr: 2e-4, beta1: 0.5);
        var (real, fake) = (ones(data.shape[0], 1), zeros(data.shape[0], 1));
        return new Workload(() =>
        {
            var made = generator.call(randn(latent));
            other.zero_grad();
            var loss = F.binary_cross_entropy_with_logits(discriminator.call(data), real) + F.binary_cross_entropy_with_logits(discriminator.call(made.detach()), fake);
            loss.backward();
            other.step();
            own.zero_grad();
            F.binary_cross_entropy_with_logits(discriminator.call(made), real).backward();
            own.step();
        });
    }
}
