using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace MyCompany;

/// <summary>A task of one's own: tells in which of eight places a point of the plane lies.</summary>
public sealed class MyTask() : TrainingTask<MyOptions>(
    "my-task",
    "Tells in which of eight places a point lies.",
    networks: [""],
    validationMetrics: [MyModel.ValidationLoss, MyModel.ValidationAccuracy],
    datasetKinds: [])
{
    private static readonly RingOfGaussians Ring = new(Modes: 8, Deviation: 0.15);

    /// <inheritdoc/>
    protected override DatasetSplit MakeData(MyOptions options) => new(Ring.Draw(2048, seed: 1), Ring.Draw(512, seed: 2), Ring.Modes);

    /// <inheritdoc/>
    protected override ITaskModel Build(MyOptions options, DataShape data) => new MyModel(options, data);
}
