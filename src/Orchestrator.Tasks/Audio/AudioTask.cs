using Orchestrator.Domain.Specs;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Sound;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Audio;

/// <summary>A model of sound, sample by sample: see <see cref="WaveNetNetwork"/>.</summary>
public sealed class AudioTask() : TrainingTask<AudioOptions>(
    "audio",
    "Model of sound, sample by sample: dilated causal convolutions.",
    networks: [""],
    validationMetrics: AudioModel.Metrics,
    datasetKinds: [DatasetCatalog.Notes, DatasetCatalog.Wav])
{
    /// <inheritdoc/>
    protected override DatasetSplit Open(DatasetSpec dataset, AudioOptions options) =>
        SoundCorpus.Open(dataset).Windows(new MuLaw(options.Levels), options.Levels, options.Context, checked(options.EpochSteps * options.BatchSize));

    /// <inheritdoc/>
    protected override ITaskModel Build(AudioOptions options, DataShape data) => new AudioModel(options, data);
}
