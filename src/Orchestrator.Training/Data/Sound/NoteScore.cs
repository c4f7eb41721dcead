using System.Globalization;

namespace Orchestrator.Training.Data.Sound;

/// <summary>
/// Notes to be played, from a CSV file: a line is a note (<c>instrument,hertz,seconds</c>), the first line has these names.
/// </summary>
internal static class NoteScore
{
    internal const int SampleRate = 8_000;

    private const string Header = "instrument,hertz,seconds";
    private const int MaximumNotes = 100_000;
    private const double LongestNote = 10;

    /// <summary>Plays each note of a file.</summary>
    /// <exception cref="TrainingException">The file is missing, or a line is no note.</exception>
    internal static List<float[]> Play(string path)
    {
        try
        {
            return Play(path, File.ReadLines(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(TrainingException.DatasetMissing, $"Cannot read {path}: {exception.Message}", exception);
        }
    }

    private static List<float[]> Play(string path, IEnumerable<string> lines)
    {
        var notes = new List<float[]>();
        var number = 0;
        foreach (var line in lines)
        {
            if (++number == 1 && line.Trim() != Header)
                throw Damaged(path, $"its first line is not '{Header}'");
            if (number == 1 || string.IsNullOrWhiteSpace(line))
                continue;
            if (notes.Count == MaximumNotes)
                throw Damaged(path, $"it has more than {MaximumNotes} notes");
            notes.Add(Note(path, number, line));
        }

        return notes.Count > 0 ? notes : throw Damaged(path, "it has no notes");
    }

    private static float[] Note(string path, int number, string line)
    {
        if (line.Split(',') is not [var name, var pitch, var length]
            || !Enum.TryParse<Instrument>(name.Trim(), ignoreCase: true, out var instrument) || !Enum.IsDefined(instrument)
            || !double.TryParse(pitch, NumberStyles.Float, CultureInfo.InvariantCulture, out var hertz) || hertz is not (> 0 and < SampleRate / 2)
            || !double.TryParse(length, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and <= LongestNote))
            throw Damaged(path, $"line {number} is '{line}', where '{Header}' should be: one of {string.Join(", ", Enum.GetNames<Instrument>()).ToLowerInvariant()}; above 0 and below {SampleRate / 2}; above 0 and up to {LongestNote}");
        return NoteSynthesizer.Play(instrument, hertz, seconds, SampleRate);
    }

    private static TrainingException Damaged(string path, string detail) =>
        new(TrainingException.DatasetDamaged, $"{path} is no score of notes: {detail}.");
}
