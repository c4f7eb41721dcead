using Orchestrator.Domain.Specs;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Sound;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.AudioDenoise;

/// <summary>Takes normal noise away from sounds, by predicting it. Zhang et al.: Beyond a Gaussian Denoiser, IEEE Transactions on Image Processing, 2017.</summary>
public sealed class AudioDenoiseTask() : TrainingTask<AudioDenoiseOptions>(
    "audio-denoise",
    "Takes noise away from sounds.",
    networks: [""],
    validationMetrics: AudioDenoiseModel.MetricNames,
    datasetKinds: [DatasetCatalog.Notes, DatasetCatalog.Wav])
{
    /// <inheritdoc/>
    protected override DatasetSplit Open(DatasetSpec dataset, AudioDenoiseOptions options)
    {
        if (options.Context % SoundRestorer.FrameSamples != 0)
            throw new TrainingException(TrainingException.InvalidParameters, $"context = {options.Context} is no multiple of {SoundRestorer.FrameSamples}.");
        return SoundPieces.Of(SoundCorpus.Open(dataset), options.Context);
    }

    /// <inheritdoc/>
    protected override ITaskModel Build(AudioDenoiseOptions options, DataShape data) => new AudioDenoiseModel(options, data);
}
