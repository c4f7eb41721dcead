using Orchestrator.Domain.Specs;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Series;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.RnnRegression;

/// <summary>Foretells the next numbers of a series with recurrent layers, by the mean squared error.</summary>
public sealed class RnnRegressionTask() : TrainingTask<RnnRegressionOptions>(
    "rnn-regression",
    "Foretells the next numbers of series over time with recurrent layers (rnn, gru or lstm).",
    networks: [""],
    validationMetrics: [RnnRegressionModel.ValidationMse, RnnRegressionModel.PersistenceMse],
    datasetKinds: [DatasetCatalog.Csv])
{
    /// <inheritdoc/>
    protected override DatasetSplit Open(DatasetSpec dataset, RnnRegressionOptions options) =>
        SeriesTable.Open(dataset.Path).Windows(options.Context, checked(options.EpochSteps * options.BatchSize));

    /// <inheritdoc/>
    protected override ITaskModel Build(RnnRegressionOptions options, DataShape data) => new RnnRegressionModel(options, data);
}
