using Orchestrator.Domain.Specs;

namespace Orchestrator.Training.Data.Sound;

/// <summary>
/// Sounds to train on and to judge by: WAV files in the order of their paths, or the notes of a score. The last tenth of them validates, or that
/// of the samples, if there are few sounds.
/// </summary>
/// <param name="SampleRate">Samples of a second.</param>
/// <param name="Training">Sounds to train on; samples from -1 to 1.</param>
/// <param name="Validation">Sounds to judge by.</param>
public sealed record SoundCorpus(int SampleRate, IReadOnlyList<float[]> Training, IReadOnlyList<float[]> Validation)
{
    private const long MaximumSamples = 1L << 28;
    private const int ValidationShare = 10;

    /// <summary>Opens sounds.</summary>
    /// <param name="dataset">Of kind <see cref="DatasetCatalog.Wav"/> (a file, or a folder of them) or <see cref="DatasetCatalog.Notes"/>.</param>
    /// <exception cref="TrainingException">There are none, they are damaged or too long, or their sample rates differ.</exception>
    public static SoundCorpus Open(DatasetSpec dataset)
    {
        if (dataset.Kind == DatasetCatalog.Notes)
            return Divide(NoteScore.SampleRate, NoteScore.Play(dataset.Path));
        var files = Files(dataset.Path);
        var rate = 0;
        var total = 0L;
        var sounds = new List<float[]>(files.Length);
        foreach (var file in files)
        {
            var (fileRate, samples) = WavFile.Read(file);
            if (rate != 0 && rate != fileRate)
                throw new TrainingException(TrainingException.DatasetDamaged, $"{file} has {fileRate} samples a second, but {files[0]} has {rate}. Convert them to one rate.");
            if ((total += samples.Length) > MaximumSamples)
                throw new TrainingException(TrainingException.DatasetDamaged, $"The sounds of {dataset.Path} have more than {MaximumSamples >> 20} million samples.");
            rate = fileRate;
            sounds.Add(samples);
        }

        return Divide(rate, sounds);
    }

    /// <summary>Windows of the sounds, one after the other, as rows of levels: to train on, one from each sample on; to judge by, one after the other.</summary>
    /// <param name="law">Gives the levels.</param>
    /// <param name="levels">How many there are.</param>
    /// <param name="length">Samples of a window.</param>
    /// <param name="epochRows">Windows of an epoch, drawn at random.</param>
    /// <exception cref="TrainingException">The sounds are shorter than two windows.</exception>
    public DatasetSplit Windows(MuLaw law, int levels, int length, int epochRows)
    {
        var (training, validation) = (Encode(Training, law), Encode(Validation, law));
        if (Math.Min(training.Length, validation.Length) <= length)
            throw new TrainingException(TrainingException.DatasetDamaged, $"The sounds have {training.Length} samples to train on and {validation.Length} to judge by: too few for windows of {length}.");
        return new DatasetSplit(new TokenWindows(training, length, stride: 1), new TokenWindows(validation, length, stride: length), levels)
        {
            EpochRows = epochRows,
            SampleRate = SampleRate,
        };
    }

    private static ushort[] Encode(IReadOnlyList<float[]> sounds, MuLaw law) => [.. sounds.SelectMany(sound => sound).Select(sample => (ushort)law.Encode(sample))];

    private static string[] Files(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        string[] files = [.. Directory.EnumerateFiles(path, "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new TrainingException(TrainingException.DatasetMissing, $"The folder {path} has no .wav file. Put sounds there, or point 'dataset' elsewhere.");
    }

    private static SoundCorpus Divide(int rate, List<float[]> sounds)
    {
        var held = sounds.Count / ValidationShare;
        if (held > 0)
            return new SoundCorpus(rate, sounds[..^held], sounds[^held..]);
        var all = sounds.SelectMany(sound => sound).ToArray();
        var tail = all.Length / ValidationShare;
        return new SoundCorpus(rate, [all[..^tail]], [all[^tail..]]);
    }
}
