using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void Grad_CreateGraph_GivesSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0, 3.0 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal([12.0, 27.0], Close.Values(first));
        Assert.Equal([12.0, 18.0], Close.Values(second));
    }

    [Fact]
    public void Grad_GradientPenalty_FlowsToTheCriticsWeights()
    {
        using var scope = NewDisposeScope();
        using var critic = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1));
        var x = rand(4, 3, requires_grad: true);
        var gradient = autograd.grad([critic.call(x).sum()], [x], create_graph: true)[0];
        ((gradient.norm(1) - 1).pow(2)).mean().backward();
        Assert.NotEqual(0, critic.parameters().First().grad!.abs().sum().item<float>());
    }

    [Fact]
    public void Grad_UnusedInput_IsNullOnlyWhereAllowed()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var y = ones(1, requires_grad: true);
        Assert.Null(autograd.grad([x * 2], [x, y], allow_unused: true)[1]);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => autograd.grad([x * 2], [y]));
    }

    [Fact]
    public void Backward_Twice_AccumulatesIntoTheSameTensor()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var buffer = zeros(4);
        x.grad = buffer.narrow(0, 1, 2);
        (x * 3).sum().backward();
        (x * 4).sum().backward();
        Assert.Equal([0f, 7, 7, 0], buffer.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.grad = zeros(3));
    }

    [Fact]
    public void NoGrad_InsideAndOut_RestoresTheMode()
    {
        using var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            using var inside = x * 2;
            Assert.False(inside.requires_grad);
            using (enable_grad()) Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            using var inside = x * 2;
            Assert.False(inside.requires_grad);
        }

        using var outside = x * 2;
        Assert.True(outside.requires_grad);
        Assert.False(outside.detach().requires_grad);
    }
}
