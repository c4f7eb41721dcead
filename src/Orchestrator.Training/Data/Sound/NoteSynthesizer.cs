namespace Orchestrator.Training.Data.Sound;

/// <summary>Makes the sound of notes: harmonics with envelopes. Equal notes are equal sounds.</summary>
public static class NoteSynthesizer
{
    private const int MostHarmonics = 8;
    private const double Loudness = 0.6;
    private const double Release = 0.02;

    /// <summary>Plays a note.</summary>
    /// <param name="instrument">How it sounds.</param>
    /// <param name="hertz">Its fundamental, above 0 and below half the sample rate.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="sampleRate">Samples of a second.</param>
    /// <returns>Samples from -1 to 1; zero at both ends.</returns>
    public static float[] Play(Instrument instrument, double hertz, double seconds, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hertz);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(hertz, sampleRate / 2.0);
        var samples = new float[(int)(seconds * sampleRate)];
        var audible = Math.Min(MostHarmonics, (int)Math.Ceiling(sampleRate / (2 * hertz)) - 1);
        var whole = Enumerable.Range(1, audible).Sum(harmonic => Strength(instrument, harmonic));
        for (var harmonic = 1; harmonic <= audible; harmonic++)
        {
            var strength = Strength(instrument, harmonic) / whole;
            for (var i = 0; strength > 0 && i < samples.Length; i++)
            {
                var time = (double)i / sampleRate;
                samples[i] += (float)(Loudness * strength * Envelope(instrument, harmonic, time, seconds) * Math.Sin(2 * Math.PI * harmonic * hertz * time));
            }
        }

        return samples;
    }

    private static double Strength(Instrument instrument, int harmonic) => instrument switch
    {
        Instrument.Flute => harmonic == 1 ? 1 : 0,
        Instrument.Organ => harmonic is 1 or 2 or 3 or 4 or 8 ? 1 : 0,
        Instrument.Clarinet => harmonic % 2 == 1 ? 1.0 / harmonic : 0,
        _ => 1.0 / harmonic,
    };

    /// <summary>From 0 to 1: how loud a harmonic is at a time.</summary>
    private static double Envelope(Instrument instrument, int harmonic, double time, double seconds)
    {
        var (attack, decay) = instrument switch
        {
            Instrument.Strings => (0.08, 1.0),
            Instrument.Harp => (0.005, 8.0 + (2 * harmonic)),
            Instrument.Flute => (0.03, 2.0),
            _ => (0.02, 0.5),
        };
        return Math.Min(1, time / attack) * Math.Exp(-decay * time) * Math.Clamp((seconds - time) / Release, 0, 1);
    }
}
