using System.Runtime.InteropServices;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Sound;
using TorchSharp;

namespace Orchestrator.Tasks.AudioDenoise;

/// <summary>Pieces of sounds, as rows of 1 x samples.</summary>
internal sealed class SoundPieces : IDataset
{
    private readonly List<ReadOnlyMemory<float>> _pieces;

    private SoundPieces(List<ReadOnlyMemory<float>> pieces, int samples)
    {
        _pieces = pieces;
        Inputs = new RowLayout(torch.ScalarType.Float32, [1, samples]);
    }

    public int Count => _pieces.Count;

    public RowLayout Inputs { get; }

    /// <summary>None: always 0.</summary>
    public RowLayout Labels { get; } = new(torch.ScalarType.Int64, []);

    /// <summary>Cuts sounds into pieces of so many samples; what is left at their ends is left out.</summary>
    /// <exception cref="TrainingException">The sounds are too short.</exception>
    internal static DatasetSplit Of(SoundCorpus corpus, int samples)
    {
        var (training, validation) = (Cut(corpus.Training, samples), Cut(corpus.Validation, samples));
        return training.Count > 0 && validation.Count > 0
            ? new DatasetSplit(training, validation, Classes: 0) { SampleRate = corpus.SampleRate }
            : throw new TrainingException(TrainingException.DatasetDamaged, $"No sound is as long as a piece, context = {samples} samples, to train on and to judge by.");
    }

    public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
    {
        var samples = MemoryMarshal.Cast<byte, float>(inputs);
        for (var i = 0; i < rows.Length; i++)
            _pieces[rows[i]].Span.CopyTo(samples[(i * Inputs.Elements)..]);
        labels.Clear();
    }

    private static SoundPieces Cut(IReadOnlyList<float[]> sounds, int samples) => new(
        [.. sounds.SelectMany(sound => Enumerable.Range(0, sound.Length / samples).Select(piece => (ReadOnlyMemory<float>)sound.AsMemory(piece * samples, samples)))],
        samples);
}
