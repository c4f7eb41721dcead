using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Language;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Text;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Transformer;

/// <summary>
/// A language model of characters: a Transformer's decoder. Vaswani et al.: Attention Is All You Need, NIPS 2017; normalization before the
/// layers as in Radford et al.: Language Models are Unsupervised Multitask Learners, 2019.
/// </summary>
public sealed class TransformerTask() : TrainingTask<TransformerOptions>(
    "transformer",
    "Language model of characters: a Transformer's decoder.",
    networks: [""],
    validationMetrics: LanguageModel.Metrics,
    datasetKinds: [DatasetCatalog.PlainText])
{
    /// <inheritdoc/>
    protected override DatasetSplit Open(DatasetSpec dataset, TransformerOptions options) =>
        TextCorpus.Open(dataset.Path).Windows(options.Context, checked(options.EpochSteps * options.BatchSize));

    /// <inheritdoc/>
    protected override ITaskModel Build(TransformerOptions options, DataShape data)
    {
        if (options.Width % options.Heads != 0)
            throw new TrainingException(TrainingException.InvalidParameters, $"Task 'transformer': heads = {options.Heads} does not divide width = {options.Width}.");
        return new TransformerModel(options, new TransformerNetwork(options, data.Classes), data);
    }
}
