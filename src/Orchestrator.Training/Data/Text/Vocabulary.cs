using System.Text;

namespace Orchestrator.Training.Data.Text;

/// <summary>The characters of a text (Unicode scalar values), numbered in their order.</summary>
public sealed class Vocabulary
{
    /// <summary>Most characters: token numbers are kept in 16 bits.</summary>
    public const int MaximumCount = 65_536;

    private readonly Rune[] _characters;
    private readonly Dictionary<Rune, int> _numbers;

    /// <summary>Takes characters.</summary>
    /// <param name="characters">Each of them once; their order is their numbers.</param>
    public Vocabulary(string characters)
    {
        Characters = characters;
        _characters = [.. characters.EnumerateRunes()];
        _numbers = _characters.Select((rune, number) => KeyValuePair.Create(rune, number)).ToDictionary();
    }

    /// <summary>The characters, in the order of their numbers.</summary>
    public string Characters { get; }

    /// <summary>How many there are.</summary>
    public int Count => _characters.Length;

    /// <summary>The characters of a text, in the order of their code points.</summary>
    /// <exception cref="TrainingException">There are more than <see cref="MaximumCount"/>.</exception>
    public static Vocabulary Of(string text)
    {
        var characters = new SortedSet<Rune>();
        foreach (var rune in text.EnumerateRunes())
            characters.Add(rune);
        return characters.Count <= MaximumCount
            ? new Vocabulary(string.Concat(characters))
            : throw new TrainingException(TrainingException.DatasetDamaged, $"The text has {characters.Count} different characters; {MaximumCount} are possible.");
    }

    /// <summary>The numbers of a text's characters.</summary>
    /// <exception cref="TrainingException">A character is not in the vocabulary.</exception>
    public int[] Encode(string text)
    {
        var tokens = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            tokens.Add(_numbers.TryGetValue(rune, out var number)
                ? number
                : throw new TrainingException(TrainingException.InvalidParameters, $"'{rune}' (U+{rune.Value:X4}) is none of the {Count} characters that the model was trained on."));
        }

        return [.. tokens];
    }

    /// <summary>The text of token numbers.</summary>
    public string Decode(IEnumerable<int> tokens) => string.Concat(tokens.Select(token => _characters[token]));
}
