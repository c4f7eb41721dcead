using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Restoration;

/// <summary>A task that restores images.</summary>
/// <typeparam name="TOptions">Its options.</typeparam>
/// <param name="name">Its name in a sweep file.</param>
/// <param name="description">One sentence.</param>
public abstract class RestorationTask<TOptions>(string name, string description) : TrainingTask<TOptions>(
    name,
    description,
    networks: [""],
    validationMetrics: RestorationModel.MetricNames,
    datasetKinds: DatasetCatalog.Kinds)
    where TOptions : PlainRestorationOptions, new()
{
    /// <inheritdoc/>
    protected sealed override ITaskModel Build(TOptions options, DataShape data) => new RestorationModel(options, data, DamageOf(options, data));

    /// <summary>What the task undoes.</summary>
    private protected abstract IDamage DamageOf(TOptions options, DataShape data);
}
