using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.AudioVae;

/// <summary>
/// Sounds as pictures: how loud each frequency is at each time, from 0 (80 decibels below the loudest tone) to 1; the highest frequency is the first
/// row. Griffin and Lim: Signal Estimation from Modified Short-Time Fourier Transform, 1984, finds a sound again.
/// </summary>
internal static class Spectrogram
{
    /// <summary>Frequencies; that of constant pressure, which nobody hears, is left out.</summary>
    internal const int Bins = Window / 2;

    private const int Window = 256;
    private const int Hop = Window / 2;
    private const double Decibels = 80;
    private const double LoudestTone = Window / 4.0;
    private const double Least = 1e-6;
    private const int Iterations = 40;

    /// <summary>Samples of a clip of so many times.</summary>
    internal static int Samples(int frames) => (frames - 1) * Hop;

    /// <summary>Sounds to pictures.</summary>
    /// <param name="sounds">Rows x <see cref="Samples"/>, -1 to 1.</param>
    /// <returns>Rows x <see cref="Bins"/> x frames.</returns>
    internal static Tensor Of(Tensor sounds)
    {
        using var window = hann_window(Window);
        var sizes = Transform(sounds, window).abs().narrow(1, 1, Bins);
        return (((sizes / LoudestTone).clamp(min: Least).log10() * (20 / Decibels)) + 1).clamp(0, 1).flip(1);
    }

    /// <summary>Pictures to sounds: what is not in them, the phases, begins at random and is made to fit.</summary>
    /// <param name="pictures">Rows x <see cref="Bins"/> x frames.</param>
    /// <param name="noise">For the phases.</param>
    /// <returns>Rows x samples.</returns>
    internal static Tensor ToSounds(Tensor pictures, NoiseSource noise)
    {
        using var window = hann_window(Window);
        var (rows, frames) = (pictures.size(0), pictures.size(2));
        var loudness = pow(10, (pictures.clamp(0, 1) - 1) * (Decibels / 20)) * (pictures > 0).to(ScalarType.Float32) * LoudestTone;
        var sizes = cat([zeros(rows, 1, frames), loudness.flip(1)], 1);
        var angles = noise.Uniform((int)rows, Bins + 1, frames) * (2 * Math.PI);
        var sounds = Invert(polar(sizes, angles), window, frames);
        for (var i = 0; i < Iterations; i++)
        {
            var spectra = Transform(sounds, window);
            sounds = Invert(spectra * (sizes / spectra.abs().clamp(min: Least)), window, frames);
        }

        return sounds;
    }

    private static Tensor Transform(Tensor sounds, Tensor window) => sounds.stft(Window, Hop, window: window, return_complex: true);

    private static Tensor Invert(Tensor spectra, Tensor window, long frames) => spectra.istft(Window, Hop, window: window, length: Samples((int)frames));
}
