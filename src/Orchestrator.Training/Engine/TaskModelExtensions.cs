using Orchestrator.Training.Tasks;

namespace Orchestrator.Training.Engine;

/// <summary>What is done to all networks of a model.</summary>
internal static class TaskModelExtensions
{
    /// <summary>Has the networks behave as in training (dropout, batch statistics), or as in use.</summary>
    internal static void SetTraining(this ITaskModel model, bool isTraining)
    {
        foreach (var network in model.Networks)
            network.Module.train(isTraining);
    }
}
