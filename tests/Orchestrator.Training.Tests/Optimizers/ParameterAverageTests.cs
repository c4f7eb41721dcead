using Orchestrator.Training.Engine;
using Orchestrator.Training.Optimizers;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Optimizers;

public sealed class ParameterAverageTests
{
    [Fact]
    public void Step_WithAnAverage_FollowsItsFormula()
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Optimizer = OptimizerKind.Sgd, Momentum = 0 };
        var (parameters, gradients) = (zeros(16), ones(16));
        using var optimizer = new AveragingOptimizer(FlatOptimizer.Create(options, parameters, gradients), parameters, 0.5);
        optimizer.Step(1, 1); // the parameters fall by 1 at each step; the decay is at most (1 + step) / (10 + step)
        optimizer.Step(2, 1);
        var expected = ((1 - (2.0 / 11)) * -1 * (3.0 / 12)) + ((1 - (3.0 / 12)) * -2);
        Assert.All(optimizer.Average.data<float>().ToArray(), value => Assert.Equal(expected, value, 1e-6));
    }

    [Fact]
    public void UseAverage_UntilDisposed_ReplacesTheParameters()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var module = nn.Linear(2, 2);
        using var state = new NetworkState(new Network("", module) { AverageDecay = 0.9 }, new TrainingOptions(), CPU);
        var before = module.weight!.clone();
        state.Parameters.Values.add_(1);
        using (state.UseAverage())
            Assert.True(module.weight!.equal(before).all().item<bool>());
        Assert.True(module.weight!.allclose(before + 1));
    }

    [Theory]
    [InlineData(10, 3, 4)]
    [InlineData(1, 0.6, 0.8)]
    public void Clip_ToANorm_ShortensLongerGradientsAlone(double norm, double first, double second)
    {
        using var gradient = tensor(new float[] { 3, 4 });
        GradientClipping.Clip(gradient, norm);
        Assert.Equal([first, second], gradient.data<float>().ToArray().Select(value => Math.Round(value, 6)));
    }
}
