using Orchestrator.Domain.Specs;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Sound;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.AudioVae;

/// <summary>A variational autoencoder of the spectrograms of short sounds. Kingma and Welling: Auto-Encoding Variational Bayes, ICLR 2014.</summary>
public sealed class AudioVaeTask() : TrainingTask<AudioVaeOptions>(
    "audio-vae",
    "Variational autoencoder of the spectrograms of short sounds.",
    networks: [""],
    validationMetrics: [AudioVaeModel.ValidationElbo, AudioVaeModel.ValidationMse],
    datasetKinds: [DatasetCatalog.Notes, DatasetCatalog.Wav])
{
    /// <inheritdoc/>
    protected override DatasetSplit Open(DatasetSpec dataset, AudioVaeOptions options) => SoundClips.Of(SoundCorpus.Open(dataset), options.Frames);

    /// <inheritdoc/>
    protected override ITaskModel Build(AudioVaeOptions options, DataShape data) => new AudioVaeModel(options, data);
}
