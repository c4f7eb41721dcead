using Orchestrator.Domain.Randomness;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>English captions of images of one or two digits.</summary>
internal static class Captions
{
    /// <summary>The names of the digits.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>The names of many of the same digit.</summary>
    internal static IReadOnlyList<string> Plurals { get; } = [.. Names.Select(name => name.EndsWith('x') ? name + "es" : name + "s")];

    /// <summary>Every word that a caption can have.</summary>
    internal static IReadOnlyList<string> Words { get; } =
        ["a", "an", "and", "the", "digit", "number", .. Names, .. Plurals, .. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    /// <summary>The caption of one digit: "a seven".</summary>
    internal static string OfOne(int digit) => $"{Article(digit)} {Names[digit]}";

    /// <summary>The caption of two digits, left and right: "two sevens", "a three and an eight".</summary>
    internal static string OfTwo(int left, int right) => left == right ? $"two {Plurals[left]}" : $"{OfOne(left)} and {OfOne(right)}";

    /// <summary>One of the ways to say what digits an image shows.</summary>
    internal static string Any(int left, int? right, ref SplitMix64 random)
    {
        if (right is { } second)
            return left == second && random.NextBelow(4) == 0 ? $"{OfOne(left)} and {OfOne(second)}" : OfTwo(left, second);
        return random.NextBelow(5) switch
        {
            0 => Names[left],
            1 => $"the digit {Names[left]}",
            2 => $"the number {left}",
            _ => OfOne(left),
        };
    }

    private static string Article(int digit) => Names[digit][0] == 'e' ? "an" : "a";
}
