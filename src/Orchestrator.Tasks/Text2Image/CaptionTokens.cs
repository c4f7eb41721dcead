using Orchestrator.Training;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>Captions as numbers: each word has its own from 1 on, 0 stands for no word.</summary>
internal static class CaptionTokens
{
    /// <summary>Numbers of a caption; what is shorter ends with zeros.</summary>
    internal const int Length = 6;

    private static readonly Dictionary<string, long> Numbers =
        Captions.Words.Select((word, i) => (word, i)).ToDictionary(entry => entry.word, entry => entry.i + 1L, StringComparer.OrdinalIgnoreCase);

    /// <summary>How many numbers there are.</summary>
    internal static int Count => Captions.Words.Count + 1;

    /// <summary>The numbers of a caption's words.</summary>
    /// <exception cref="TrainingException">A word is unknown, or there are too many or none.</exception>
    internal static long[] Of(string caption)
    {
        var words = caption.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > Length)
            throw new TrainingException(TrainingException.InvalidParameters, $"The prompt '{caption}' has {words.Length} words; write 1 to {Length}, such as 'a seven' or 'two zeros'.");
        var unknown = words.Where(word => !Numbers.ContainsKey(word)).ToList();
        if (unknown.Count > 0)
            throw new TrainingException(TrainingException.InvalidParameters, $"The prompt has unknown words: {string.Join(", ", unknown)}. The model knows {string.Join(", ", Captions.Words)}.");
        var tokens = new long[Length];
        for (var i = 0; i < words.Length; i++)
            tokens[i] = Numbers[words[i]];
        return tokens;
    }
}
