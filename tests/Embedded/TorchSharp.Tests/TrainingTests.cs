using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class TrainingTests
{
    private const int Steps = 20;
    private const int Batch = 32;

    /// <summary>Inputs, weights and noise from formulas that both sides evaluate: no transfer, no shared random generator.</summary>
    private const string Reference = """
        def wave(n, shape, scale, phase):
            return (torch.sin(torch.arange(n, dtype=torch.float64) * 0.7 + phase) * scale).reshape(shape).float()
        dims = [(400, 784), (20, 400), (20, 400), (400, 20), (784, 400)]
        layers = [torch.nn.Linear(i, o) for o, i in dims]
        with torch.no_grad():
            for k, l in enumerate(layers):
                l.weight.copy_(wave(l.weight.numel(), l.weight.shape, 0.05, k))
                l.bias.zero_()
        f1, f21, f22, f3, f4 = layers
        params = [p for l in layers for p in l.parameters()]
        opt = OPTIMIZER
        losses = []
        for step in range(20):
            x = (wave(32 * 784, (32, 784), 0.5, step) + 0.5)
            e = wave(32 * 20, (32, 20), 1.0, step * 3)
            opt.zero_grad()
            h = torch.relu(f1(x)); mu = f21(h); lv = f22(h)
            y = torch.sigmoid(f4(torch.relu(f3(mu + e * torch.exp(lv * 0.5)))))
            loss = torch.nn.functional.binary_cross_entropy(y, x, reduction='sum') - 0.5 * (1 + lv - mu.pow(2) - lv.exp()).sum()
            loss.backward(); opt.step(); losses.append(loss.item())
        result['losses'] = losses
        """;

    [PythonTorchFact]
    public void Vae_TwentyStepsOfAdam_LossesArePyTorchs() =>
        Compare("torch.optim.Adam(params, lr=1e-3)", model => optim.Adam(model.parameters(), lr: 1e-3));

    [PythonTorchFact]
    public void Vae_TwentyStepsOfAdamW_LossesArePyTorchs() =>
        Compare("torch.optim.AdamW(params, lr=1e-3, weight_decay=0.1)", model => optim.AdamW(model.parameters(), lr: 1e-3, weight_decay: 0.1));

    [PythonTorchFact]
    public void Vae_TwentyStepsOfAmsgradWithDecay_LossesArePyTorchs() =>
        Compare(
            "torch.optim.Adam(params, lr=1e-3, weight_decay=0.01, amsgrad=True)",
            model => optim.Adam(model.parameters(), lr: 1e-3, weight_decay: 0.01, amsgrad: true));

    [PythonTorchFact]
    public void Vae_TwentyStepsOfNesterov_LossesArePyTorchs() =>
        Compare(
            "torch.optim.SGD(params, lr=1e-5, momentum=0.9, nesterov=True, weight_decay=1e-4)",
            model => optim.SGD(model.parameters(), 1e-5, momentum: 0.9, nesterov: true, weight_decay: 1e-4));

    [PythonTorchFact]
    public void Vae_TwentyStepsOfCenteredRmsProp_LossesArePyTorchs() =>
        Compare(
            "torch.optim.RMSprop(params, lr=1e-4, momentum=0.5, centered=True, weight_decay=1e-3)",
            model => optim.RMSProp(model.parameters(), lr: 1e-4, momentum: 0.5, centered: true, weight_decay: 1e-3));

    [Fact]
    public void Step_Steady_AllocatesLittleMoreThanHandles()
    {
        using var model = new Vae(inputs: 16, hidden: 32, latent: 4);
        using var optimizer = optim.Adam(model.parameters());
        using var input = rand(8, 16);
        Run(200);
        var (bytes, handles) = (GC.GetAllocatedBytesForCurrentThread(), DisposeScopeManager.Statistics.CreatedInScopeCount);
        Run(200);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        handles = DisposeScopeManager.Statistics.CreatedInScopeCount - handles;
        Assert.InRange(bytes / (double)handles, 0, 200);

        void Run(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                model.Loss(input).backward();
                optimizer.step();
            }
        }
    }

    [Fact]
    public void Vae_ResumedFromSavedState_GivesTheSameBits()
    {
        using var model = NewVae();
        using var optimizer = optim.Adam(model.parameters());
        Train(model, optimizer, 0, 5);
        using var saved = new MemoryStream();
        using var writer = new BinaryWriter(saved);
        foreach (var parameter in model.parameters()) parameter.Save(writer);
        optimizer.save_state_dict(writer);
        var expected = Train(model, optimizer, 5, 10);

        using var other = NewVae();
        using var resumed = optim.Adam(other.parameters(), lr: 0.5);
        saved.Position = 0;
        using var reader = new BinaryReader(saved);
        foreach (var parameter in other.parameters()) parameter.Load(reader);
        resumed.load_state_dict(reader);

        Assert.Equal(expected, Train(other, resumed, 5, 10));
    }

    [Fact]
    public void Vae_GradientsInOneFlatBuffer_TrainTheSame()
    {
        using var plain = NewVae();
        using var optimizer = optim.Adam(plain.parameters());
        var expected = Train(plain, optimizer, 0, 5);

        using var model = NewVae();
        using var flat = zeros(model.parameters().Sum(p => p.numel()));
        long offset = 0;
        foreach (var parameter in model.parameters())
        {
            using var view = flat.narrow(0, offset, parameter.numel()).view(parameter.shape);
            parameter.grad = view;
            offset += parameter.numel();
        }

        using var other = optim.Adam(model.parameters());
        Assert.Equal(expected, Train(model, other, 0, 5));
        Assert.NotEqual(0, flat.abs().sum().item<float>());
        Assert.All(model.parameters(), p => Assert.True(p.grad!.equal(p.grad!).all().item<bool>()));
    }

    private static void Compare(string pythonOptimizer, Func<Vae, optim.Optimizer> make)
    {
        var expected = PythonTorch.Run(Reference.Replace("OPTIMIZER", pythonOptimizer, StringComparison.Ordinal))["losses"];
        using var model = NewVae();
        using var optimizer = make(model);
        Close.To(expected, Train(model, optimizer, 0, Steps), relative: 1e-5);
    }

    private static Vae NewVae()
    {
        var model = new Vae();
        using var off = no_grad();
        var layer = 0;
        foreach (var (name, parameter) in model.named_parameters())
            if (name.EndsWith("bias", StringComparison.Ordinal)) parameter.zero_();
            else parameter.copy_(Wave(parameter.shape, 0.05, layer++));
        return model;
    }

    private static double[] Train(Vae model, optim.Optimizer optimizer, int from, int to)
    {
        var losses = new List<double>();
        for (var step = from; step < to; step++)
        {
            using var scope = NewDisposeScope();
            var input = Wave([Batch, 784], 0.5, step) + 0.5;
            model.Noise = Wave([Batch, 20], 1.0, step * 3);
            optimizer.zero_grad();
            var loss = model.Loss(input);
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        return [.. losses];
    }

    private static Tensor Wave(long[] shape, double scale, double phase) =>
        ((arange(shape.TotalSize(), dtype: ScalarType.Float64) * 0.7 + phase).sin() * scale).view(shape).to(ScalarType.Float32);
}
