using static TorchSharp.torch;

namespace TorchSharp.Tests;

[Collection(nameof(RandomTests))]
public sealed class RandomTests
{
    [Fact]
    public void Generator_SameSeed_GivesTheSameNumbers()
    {
        using var a = new Generator(7);
        using var b = new Generator(7);
        Assert.True(randn(5, generator: a).Equals(randn(5, generator: b)));
        Assert.True(randperm(9, generator: a).Equals(randperm(9, generator: b)));
        Assert.Equal(7, a.initial_seed());
    }

    [Fact]
    public void State_SavedAndRestored_RepeatsTheNumbers()
    {
        using var generator = new Generator(3);
        using var state = generator.get_state();
        using var first = rand(4, generator: generator);
        generator.set_state(state);
        Assert.True(rand(4, generator: generator).Equals(first));
        Assert.Equal(ScalarType.Byte, state.dtype);
    }

    [PythonTorchFact]
    public void Generator_Draws_ArePyTorchs()
    {
        var expected = PythonTorch.Run("""
            g = torch.Generator().manual_seed(5)
            result['n'] = torch.randn(20, generator=g); result['u'] = torch.rand(3, generator=g); result['p'] = torch.randperm(6, generator=g)
            """);
        using var generator = new Generator(5);
        Close.To(expected["n"], Close.Values(randn(20, generator: generator)), 1e-7);
        Close.To(expected["u"], Close.Values(rand(3, generator: generator)), 1e-7);
        Close.To(expected["p"], Close.Values(randperm(6, generator: generator)), 0);
    }

    [Fact]
    public void Initializers_FillAsTheyShould()
    {
        using var scope = NewDisposeScope();
        var q = nn.init.orthogonal_(empty(4, 6));
        Assert.True(q.matmul(q.t()).allclose(eye(4), atol: 1e-5));
        Assert.InRange(nn.init.trunc_normal_(empty(1000)).abs().max().item<float>(), 0.5f, 2f);
        Assert.InRange(nn.init.xavier_uniform_(empty(10, 20)).abs().max().item<float>(), 0.2f, (float)Math.Sqrt(6.0 / 30));
        Assert.InRange(nn.init.kaiming_normal_(empty(100, 50)).std().item<float>(), 0.17f, 0.23f);
        Assert.Equal(10, nn.init.ones_(empty(10)).sum().item<float>());
    }
}
