using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Training.Data;

namespace Orchestrator.Training.Tasks;

/// <summary>A task with its own options record.</summary>
/// <typeparam name="TOptions">The options: settable properties with [Description] and, for numbers, [Range]; their initial values are the defaults.</typeparam>
public abstract class TrainingTask<TOptions> : ITrainingTask
    where TOptions : TrainingOptions, new()
{
    /// <summary>Describes the task.</summary>
    /// <param name="name">Its name in a sweep file.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="networks">Names of its networks, as <see cref="ITaskModel.Networks"/> has them.</param>
    /// <param name="validationMetrics">Metrics that <see cref="ITaskModel.Evaluate"/> adds to.</param>
    /// <param name="datasetKinds">Dataset kinds it trains on; none for a task that makes its own data.</param>
    protected TrainingTask(
        string name,
        string description,
        IReadOnlyList<string> networks,
        IReadOnlyList<string> validationMetrics,
        IReadOnlyList<string> datasetKinds)
    {
        string[] metrics = [.. networks.Select(MetricNames.TrainingLoss), .. validationMetrics, MetricNames.SamplesPerSecond];
        Schema = new TaskSchema(name, description, OptionsSchema.Of(new TOptions()), metrics, datasetKinds);
    }

    /// <inheritdoc/>
    public TaskSchema Schema { get; }

    /// <inheritdoc/>
    public TrainingOptions ReadOptions(ParameterSet parameters) => OptionsReader.Read<TOptions>(Schema.Name, parameters);

    /// <inheritdoc/>
    public ITaskModel Build(TrainingOptions options, DataShape data) => Build((TOptions)options, data);

    /// <inheritdoc/>
    public DatasetSplit OpenData(DatasetSpec dataset, TrainingOptions options)
    {
        if (Schema.DatasetKinds.Count == 0)
            return MakeData((TOptions)options);
        if (Schema.DatasetKinds.Contains(dataset.Kind, StringComparer.Ordinal))
            return Open(dataset, (TOptions)options);
        throw new TrainingException(
            TrainingException.DatasetUnsupported,
            $"Task '{Schema.Name}' does not train on '{dataset.Kind}' but on {string.Join(", ", Schema.DatasetKinds)}.");
    }

    /// <summary>Opens a dataset of one of the task's kinds. A task overrides it where its options say what a row is.</summary>
    protected virtual DatasetSplit Open(DatasetSpec dataset, TOptions options) => DatasetCatalog.Open(dataset);

    /// <summary>Makes the data of a task without dataset kinds. Equal options must give equal data.</summary>
    protected virtual DatasetSplit MakeData(TOptions options) =>
        throw new InvalidOperationException($"Task '{Schema.Name}' names no dataset kinds and makes no data.");

    /// <inheritdoc cref="ITrainingTask.Build"/>
    protected abstract ITaskModel Build(TOptions options, DataShape data);
}
