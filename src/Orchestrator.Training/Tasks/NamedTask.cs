using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Training.Data;

namespace Orchestrator.Training.Tasks;

/// <summary>A task under the name that a sweep calls it by, so that checkpoints name what can be found again.</summary>
internal sealed class NamedTask(string name, ITrainingTask task) : ITrainingTask
{
    public TaskSchema Schema { get; } = task.Schema with { Name = name };

    public TrainingOptions ReadOptions(ParameterSet parameters) => task.ReadOptions(parameters);

    public DatasetSplit OpenData(DatasetSpec dataset, TrainingOptions options) => task.OpenData(dataset, options);

    public ITaskModel Build(TrainingOptions options, DataShape data) => task.Build(options, data);
}
