using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Tasks.Tests;

/// <summary>
/// The gradients of two ranks are those of a single process on the same global batch. One step of plain gradient descent at
/// learning rate 1 moves the parameters by exactly the negative gradient, which is read off the checkpoints.
/// </summary>
public sealed class GradientTests : IDisposable
{
    private const double LeastLearningRate = 1e-9;

    private readonly string _folder = Directory.CreateTempSubdirectory("orch-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(CollectiveKind.Gloo)]
    [InlineData(CollectiveKind.Grpc)]
    public async Task Run_OneStepOnTwoRanks_HasTheGradientOfASingleProcess(CollectiveKind kind)
    {
        var start = Parameters("start", LeastLearningRate, assignment =>
        {
            var observer = new RecordingObserver();
            Trials.Run(assignment, observer);
            return observer;
        });
        var single = Parameters("single", 1, assignment =>
        {
            var observer = new RecordingObserver();
            Trials.Run(assignment, observer);
            return observer;
        });
        await using var workers = await Workers.FormAsync(kind, 2);
        var parallel = Parameters("parallel", 1, assignment =>
        {
            RecordingObserver[] observers = [new(), new()];
            Trials.Run(assignment, workers.Groups, observers);
            return observers[0];
        });

        var gradient = start.Zip(single, (p, q) => (double)p - q).ToList();
        var difference = Norm(single.Zip(parallel, (p, q) => (double)p - q));
        Assert.True(Norm(gradient) > 1, "The gradient is too small to compare.");
        Assert.True(difference <= 1e-6 * Norm(gradient), $"The gradients differ by {difference / Norm(gradient):E2} of their norm.");
    }

    private float[] Parameters(string name, double learningRate, Func<Training.Trials.TrialAssignment, RecordingObserver> run)
    {
        var assignment = Trials.Small(Path.Combine(_folder, name), 1);
        var parameters = new ParameterSet([
            .. assignment.Parameters,
            new("batch_size", ParameterValue.Of(540L)),
            new("optimizer", ParameterValue.Of("sgd")),
            new("momentum", ParameterValue.Of(0.0)),
            new("learning_rate", ParameterValue.Of(learningRate)),
        ]);
        var checkpoint = run(assignment with { Parameters = parameters }).Registered[^1];
        return SavedModel.Read(checkpoint);
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
