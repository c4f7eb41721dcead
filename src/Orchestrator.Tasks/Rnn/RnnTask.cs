using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Language;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Text;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Rnn;

/// <summary>A language model of characters with recurrent layers. Graves: Generating Sequences with Recurrent Neural Networks, 2013.</summary>
public sealed class RnnTask() : TrainingTask<RnnOptions>(
    "rnn",
    "Language model of characters with recurrent layers (rnn, gru or lstm).",
    networks: [""],
    validationMetrics: LanguageModel.Metrics,
    datasetKinds: [DatasetCatalog.PlainText])
{
    /// <inheritdoc/>
    protected override DatasetSplit Open(DatasetSpec dataset, RnnOptions options) =>
        TextCorpus.Open(dataset.Path).Windows(options.Context, checked(options.EpochSteps * options.BatchSize));

    /// <inheritdoc/>
    protected override ITaskModel Build(RnnOptions options, DataShape data) =>
        new LanguageModel(options, new RnnNetwork(options, data.Classes), data);
}
