using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class ModuleStateTests
{
    [Fact]
    public void NamedParameters_NestedModules_HaveDottedNamesOnce()
    {
        using var module = new Outer();
        Assert.Equal(
            ["scale", "inner.weight", "inner.bias", "layers.0.weight", "layers.0.bias"],
            module.named_parameters().Select(entry => entry.name));
        Assert.Equal(["counter"], module.named_buffers().Select(entry => entry.name));
        Assert.Equal(6, module.state_dict().Count);
        Assert.Equal(["inner", "layers", "layers.0"], module.named_modules().Select(entry => entry.name));
    }

    [Fact]
    public void LoadStateDict_OtherNames_ThrowsUnlessNotStrict()
    {
        using var module = nn.Linear(2, 2);
        var state = new Dictionary<string, Tensor> { ["weight"] = ones(2, 2), ["extra"] = ones(1) };
        var error = Assert.Throws<InvalidOperationException>(() => module.load_state_dict(state));
        Assert.Contains("missing [bias], unexpected [extra]", error.Message, StringComparison.Ordinal);
        var (missing, unexpected) = module.load_state_dict(state, strict: false);
        Assert.Equal((1, 1), (missing.Count, unexpected.Count));
        Assert.Equal(4, module.weight.sum().item<float>());
    }

    [Fact]
    public void Train_AndEval_ReachEveryModule()
    {
        using var module = nn.Sequential(nn.Dropout(0.9), nn.Sequential(nn.Dropout(0.9)));
        using var input = ones(100);
        Assert.NotEqual(100, module.call(input).count_nonzero().item<long>());
        module.eval();
        Assert.True(module.call(input).Equals(input));
        Assert.All(module.modules(), child => Assert.False(child.training));
    }

    [Fact]
    public void To_AnotherType_KeepsParametersForTheOptimizer()
    {
        using var module = nn.Linear(2, 1);
        using var optimizer = optim.SGD(module.parameters(), 0.1);
        var weight = module.weight;
        module.to(ScalarType.Float64);
        Assert.Same(weight, module.weight);
        using var before = weight.detach().clone();
        module.call(ones(1, 2, dtype: ScalarType.Float64)).sum().backward();
        optimizer.step();
        Assert.Equal(ScalarType.Float64, weight.dtype);
        Assert.False(before.Equals(weight));
        Assert.Single(((OptimizerHelper)optimizer).state_dict().Options);
    }

    [Fact]
    public void Hooks_BeforeAndAfter_ChangeInputAndOutput()
    {
        using var module = nn.Identity();
        var pre = module.register_forward_pre_hook((_, input) => input * 2);
        module.register_forward_hook((_, _, output) => output + 1);
        Assert.Equal(7, module.call(tensor(3f)).item<float>());
        pre.remove();
        Assert.Equal(4, module.call(tensor(3f)).item<float>());
    }

    [Fact]
    public void RegisterParameter_NameTwice_Throws()
    {
        using var module = nn.Linear(1, 1);
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("weight", nn.Parameter(zeros(1))));
        Assert.Throws<ArgumentException>(() => module.register_module("a.b", nn.Identity()));
    }

    [Fact]
    public void Save_AndLoad_KeepsEveryValue()
    {
        using var source = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
        using var target = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
        source.call(rand(4, 2));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        source.save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        target.load(reader);
        Assert.All(source.state_dict().Zip(target.state_dict()), pair => Assert.True(pair.First.Value.Equals(pair.Second.Value), pair.First.Key));

        stream.Position = 0;
        using var other = nn.Linear(2, 3);
        Assert.Throws<ArgumentException>(() => other.load(reader));
    }

    [Fact]
    public void ClipGradNorm_LongGradient_IsScaledToTheNorm()
    {
        using var parameter = nn.Parameter(zeros(2));
        using (var gradient = tensor(new[] { 3f, 4f })) parameter.grad = gradient;
        Assert.Equal(5, nn.utils.clip_grad_norm_([parameter], 1), 5);
        Assert.Equal(1, parameter.grad!.norm().item<float>(), 4);
        nn.utils.clip_grad_value_([parameter], 0.1);
        Assert.Equal(0.1f, parameter.grad!.max().item<float>());
    }

    private sealed class Outer : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scale = nn.Parameter(ones(1));
        private readonly Linear inner = nn.Linear(2, 2);
        private readonly ModuleList<Linear> layers = nn.ModuleList(nn.Linear(2, 2));
        private readonly Tensor counter = zeros(1);

        internal Outer()
            : base(nameof(Outer)) => RegisterComponents();

        public override Tensor forward(Tensor input) => layers[0].call(inner.call(input)) * scale + counter;
    }
}
