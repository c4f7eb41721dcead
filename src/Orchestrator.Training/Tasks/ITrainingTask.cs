using Orchestrator.Domain.Parameters;
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

    /// <summary>Builds the model with its initial weights, drawn from the tensor library's generator (which the engine has seeded), on the CPU.</summary>
    /// <param name="options">What <see cref="ReadOptions"/> gave.</param>
    /// <param name="data">What the data looks like.</param>
    ITaskModel Build(TrainingOptions options, DataShape data);
}
