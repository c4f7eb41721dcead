using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MyCompany;

/// <summary>The networks of <see cref="MyTask"/>, and what one step does with them. Ranks, checkpoints, devices and data loading are the engine's.</summary>
internal sealed class MyModel : ITaskModel
{
    internal const string ValidationLoss = "validation_loss";
    internal const string ValidationAccuracy = "validation_accuracy";

    private readonly Sequential _module;

    internal MyModel(MyOptions options, DataShape data)
    {
        _module = nn.Sequential(nn.Linear(data.InputElements, options.HiddenSize), nn.ReLU(), nn.Linear(options.HiddenSize, data.Classes));
        Networks = [new Network("", _module)];
    }

    public IReadOnlyList<Network> Networks { get; }

    /// <summary>The loss is summed over the rows: the engine divides by those of the global batch.</summary>
    public void Train(TrainingStep step) => step.Minimize(Networks[0], Loss(_module.call(step.Batch.Inputs), step.Batch.Labels));

    public void Evaluate(EvaluationStep step)
    {
        var logits = _module.call(step.Batch.Inputs);
        step.Add(ValidationLoss, Loss(logits, step.Batch.Labels).item<float>());
        step.Add(ValidationAccuracy, logits.argmax(1).eq(step.Batch.Labels).sum().item<long>());
    }

    public void Dispose() => _module.Dispose();

    private static Tensor Loss(Tensor logits, Tensor labels) => nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum);
}
