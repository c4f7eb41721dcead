using Orchestrator.Training.Data.Sound;

namespace Orchestrator.Training.Sampling;

/// <summary>Writes sounds one after the other in a WAV file: whole or not at all.</summary>
internal static class SoundWriter
{
    private const int PausesOfASecond = 4;

    internal static string Write(string output, int sampleRate, IReadOnlyList<float[]> sounds)
    {
        var pause = new float[sampleRate / PausesOfASecond];
        float[] samples = [.. sounds.SelectMany((sound, i) => i == 0 ? sound : [.. pause, .. sound])];
        return PictureWriter.Write(output, file => WavFile.Write(file, sampleRate, samples));
    }
}
