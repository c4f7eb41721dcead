using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.RnnRegression;

/// <summary>Trains an <see cref="RnnRegressionNetwork"/> on the mean squared error of the next time's numbers.</summary>
internal sealed class RnnRegressionModel : ITaskModel
{
    internal const string ValidationMse = "validation_mse";

    /// <summary>The error of saying that nothing changes, to compare with.</summary>
    internal const string PersistenceMse = "validation_persistence_mse";

    private readonly RnnRegressionNetwork _network;

    internal RnnRegressionModel(RnnRegressionOptions options, DataShape data)
    {
        _network = new RnnRegressionNetwork(options, data.Input[1]);
        Networks = [new Network("", _network)];
    }

    public IReadOnlyList<Network> Networks { get; }

    public void Train(TrainingStep step) => step.Minimize(Networks[0], Error(_network.Read(step.Batch.Inputs), step.Batch.Labels));

    public void Evaluate(EvaluationStep step)
    {
        step.Add(ValidationMse, Error(_network.Read(step.Batch.Inputs), step.Batch.Labels).item<float>());
        step.Add(PersistenceMse, Error(step.Batch.Inputs, step.Batch.Labels).item<float>());
    }

    public void Dispose() => _network.Dispose();

    /// <summary>The mean over times and columns, summed over rows.</summary>
    private static Tensor Error(Tensor foretold, Tensor actual) => (foretold - actual).square().mean([1, 2]).sum();
}
