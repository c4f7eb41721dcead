using System.Diagnostics;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Benchmarks;

/// <summary>A model with its loss on fixed data, and Adam; the twin of a class in reference.py.</summary>
internal sealed class Workload
{
    private readonly Func<Tensor> _loss;
    private readonly optim.Optimizer _optimizer;

    private Workload(nn.Module model, Func<Tensor> loss)
    {
        _loss = loss;
        _optimizer = optim.Adam(model.parameters(), lr: 1e-3);
    }

    internal Sample Run(int steps)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            _optimizer.zero_grad();
            _loss().backward();
            _optimizer.step();
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
}
