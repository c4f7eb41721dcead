using Orchestrator.Domain.Specs;

namespace Orchestrator.Training.Data;

/// <summary>Opens datasets by kind.</summary>
public static class DatasetCatalog
{
    /// <summary>The standard IDX files of MNIST, Fashion-MNIST and their like, in a folder.</summary>
    public const string Mnist = "mnist";

    /// <summary>A folder of PNG files, of one class or with a folder for each.</summary>
    public const string Images = "images";

    /// <summary>A safetensors file of images.</summary>
    public const string Safetensors = "safetensors";

    /// <summary>A text file of UTF-8, or a folder of them: see <see cref="Text.TextCorpus"/>.</summary>
    public const string PlainText = "text";

    /// <summary>A table of numbers over time: see <see cref="Series.SeriesTable"/>.</summary>
    public const string Csv = "csv";

    /// <summary>A WAV file, or a folder of them: see <see cref="Sound.SoundCorpus"/>.</summary>
    public const string Wav = "wav";

    /// <summary>A score of notes to be played: see <see cref="Sound.SoundCorpus"/>.</summary>
    public const string Notes = "notes";

    /// <summary>The kinds whose rows are the same whatever a task's options say; those of sequences are opened by their tasks.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Mnist, Images, Safetensors];

    /// <summary>Opens a dataset.</summary>
    /// <exception cref="TrainingException">The kind is unknown, or a file is missing or damaged.</exception>
    public static DatasetSplit Open(DatasetSpec dataset) => dataset.Kind switch
    {
        Mnist => MnistDatasets.Open(dataset.Path),
        Images => ImageFolder.Open(dataset.Path),
        Safetensors => SafetensorsImages.Open(dataset.Path),
        _ => throw new TrainingException(TrainingException.DatasetUnsupported, $"The dataset kind '{dataset.Kind}' is unknown; there are: {string.Join(", ", Kinds)}."),
    };
}
