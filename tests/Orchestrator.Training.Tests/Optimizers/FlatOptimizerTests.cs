using Orchestrator.Training.Optimizers;
using Orchestrator.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Optimizers;

public sealed class FlatOptimizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Adam, 0.0)]
    [InlineData(OptimizerKind.Adam, 0.1)]
    [InlineData(OptimizerKind.AdamW, 0.1)]
    [InlineData(OptimizerKind.Sgd, 0.0)]
    [InlineData(OptimizerKind.Sgd, 0.1)]
    [InlineData(OptimizerKind.RmsProp, 0.0)]
    [InlineData(OptimizerKind.RmsProp, 0.1)]
    public void Step_TwentyTimes_FollowsTheLibrarysOptimizer(OptimizerKind kind, double weightDecay)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var options = new TrainingOptions { Optimizer = kind, WeightDecay = weightDecay, LearningRate = 0.05 };
        var initial = arange(64, ScalarType.Float32) / 10 - 3;
        var (own, gradients, reference) = (initial.clone(), zeros(64), new Parameter(initial.clone()));
        reference.grad = zeros(64);
        using var optimizer = FlatOptimizer.Create(options, own, gradients);
        using var library = Library(options, reference);
        for (var step = 1; step <= 20; step++)
        {
            var gradient = (own * 0.5) + Math.Sin(step);
            gradients.copy_(gradient);
            reference.grad!.copy_(gradient);
            optimizer.Step(step, options.LearningRate);
            library.step();
            Assert.All(own.data<float>().ToArray().Zip(reference.data<float>().ToArray()), pair => Assert.Equal(pair.Second, pair.First, 5e-6f));
        }
    }

    private static optim.Optimizer Library(TrainingOptions options, Parameter parameter) => options.Optimizer switch
    {
        OptimizerKind.Adam => optim.Adam([parameter], options.LearningRate, options.Momentum, weight_decay: options.WeightDecay),
        OptimizerKind.AdamW => optim.AdamW([parameter], options.LearningRate, options.Momentum, weight_decay: options.WeightDecay),
        OptimizerKind.RmsProp => optim.RMSProp([parameter], options.LearningRate, options.Beta2, weight_decay: options.WeightDecay),
        _ => optim.SGD([parameter], options.LearningRate, options.Momentum, weight_decay: options.WeightDecay),
    };
}
