using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Training.Data;

namespace Orchestrator.Training.Tasks;

/// <summary>Something to train. It knows its networks and its losses; ranks, checkpoints, data loading and devices are the engine's.</summary>
public interface ITrainingTask
{
    /// <summary>What the task understands. Needs no tensor library.</summary>
    TaskSchema Schema { get; }

    /// <summary>Makes the task's options of a trial's parameters.</summary>
    /// <exception cref="TrainingException">Parameters are unknown, of the wrong type or out of range; the message has every fault.</exception>
    TrainingOptions ReadOptions(ParameterSet parameters);

    /// <summary>Opens what a trial trains on.</summary>
    /// <param name="dataset">What the sweep names; its kind is empty for a task that makes its own data.</param>
    /// <param name="options">What <see cref="ReadOptions"/> gave.</param>
    /// <exception cref="TrainingException">The task does not train on that kind, or a file is missing or damaged.</exception>
    DatasetSplit OpenData(DatasetSpec dataset, TrainingOptions options);

    /// <summary>Builds the model with its initial weights, drawn from the tensor library's generator (which the engine has seeded), on the CPU.</summary>
    /// <param name="options">What <see cref="ReadOptions"/> gave.</param>
    /// <param name="data">What the data looks like.</param>
    ITaskModel Build(TrainingOptions options, DataShape data);
}
