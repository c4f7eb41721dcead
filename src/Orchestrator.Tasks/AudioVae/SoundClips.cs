using System.Runtime.InteropServices;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Sound;
using TorchSharp;

namespace Orchestrator.Tasks.AudioVae;

/// <summary>Spectrograms of the pieces of sounds, as rows of 1 x frequencies x times.</summary>
internal sealed class SoundClips : IDataset
{
    private readonly float[] _pictures;

    private SoundClips(float[] pictures, int frames)
    {
        _pictures = pictures;
        Inputs = new RowLayout(torch.ScalarType.Float32, [1, Spectrogram.Bins, frames]);
    }

    public int Count => _pictures.Length / Inputs.Elements;

    public RowLayout Inputs { get; }

    /// <summary>None: always 0.</summary>
    public RowLayout Labels { get; } = new(torch.ScalarType.Int64, []);

    /// <summary>Cuts sounds into pieces of so many frames; what is left at their ends is left out.</summary>
    /// <exception cref="TrainingException">The sounds are too short.</exception>
    internal static DatasetSplit Of(SoundCorpus corpus, int frames)
    {
        var (training, validation) = (Cut(corpus.Training, frames), Cut(corpus.Validation, frames));
        return training.Count > 0 && validation.Count > 0
            ? new DatasetSplit(training, validation, Classes: 0) { SampleRate = corpus.SampleRate }
            : throw new TrainingException(TrainingException.DatasetDamaged, $"No sound is as long as a clip: frames = {frames} makes it {Spectrogram.Samples(frames)} samples, to train on and to judge by.");
    }

    public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
    {
        var pictures = MemoryMarshal.Cast<byte, float>(inputs);
        var length = Inputs.Elements;
        for (var i = 0; i < rows.Length; i++)
            _pictures.AsSpan(rows[i] * length, length).CopyTo(pictures[(i * length)..]);
        labels.Clear();
    }

    private static SoundClips Cut(IReadOnlyList<float[]> sounds, int frames)
    {
        var samples = Spectrogram.Samples(frames);
        var length = Spectrogram.Bins * frames;
        var pictures = new float[sounds.Sum(sound => sound.Length / samples) * length];
        var at = 0;
        foreach (var sound in sounds.Where(sound => sound.Length >= samples))
        {
            using var scope = torch.NewDisposeScope();
            var rows = sound.Length / samples;
            var clips = torch.tensor(sound[..(rows * samples)], [rows, samples]);
            Spectrogram.Of(clips).contiguous().data<float>().CopyTo(pictures.AsSpan(at));
            at += rows * length;
        }

        return new SoundClips(pictures, frames);
    }
}
