namespace Orchestrator.Training.Imaging;

/// <summary>Letters of 3 x 5 pixels, without case: enough for names and numbers in pictures.</summary>
internal static class SmallFont
{
    /// <summary>Height of a letter.</summary>
    internal const int Height = 5;

    /// <summary>From one letter to the next.</summary>
    internal const int Advance = Width + 1;

    private const int Width = 3;

    /// <summary>Rows from the top, pixels from the left; the highest of the 15 bits is the first.</summary>
    private static readonly Dictionary<char, int> Glyphs = new()
    {
        ['a'] = 0x2BED,
        ['b'] = 0x6BAE,
        ['c'] = 0x3923,
        ['d'] = 0x6B6E,
        ['e'] = 0x79A7,
        ['f'] = 0x79A4,
        ['g'] = 0x396B,
        ['h'] = 0x5BED,
        ['i'] = 0x7497,
        ['j'] = 0x126A,
        ['k'] = 0x5BAD,
        ['l'] = 0x4927,
        ['m'] = 0x5FED,
        ['n'] = 0x6B6D,
        ['o'] = 0x2B6A,
        ['p'] = 0x6BA4,
        ['q'] = 0x2B7B,
        ['r'] = 0x6BAD,
        ['s'] = 0x388E,
        ['t'] = 0x7492,
        ['u'] = 0x5B6F,
        ['v'] = 0x5B6A,
        ['w'] = 0x5BFD,
        ['x'] = 0x5AAD,
        ['y'] = 0x5A92,
        ['z'] = 0x72A7,
        ['0'] = 0x7B6F,
        ['1'] = 0x2C97,
        ['2'] = 0x62A7,
        ['3'] = 0x628E,
        ['4'] = 0x5BC9,
        ['5'] = 0x798E,
        ['6'] = 0x39EF,
        ['7'] = 0x7292,
        ['8'] = 0x7BEF,
        ['9'] = 0x7BCE,
        ['.'] = 0x0002,
        ['-'] = 0x01C0,
        ['+'] = 0x05D0,
        ['_'] = 0x0007,
    };

    /// <summary>Whether a letter has a pixel; a letter that is not in the font is blank.</summary>
    internal static bool IsSet(char letter, int x, int y) =>
        Glyphs.TryGetValue(char.ToLowerInvariant(letter), out var bits) && (bits >> ((Width * Height) - 1 - ((y * Width) + x)) & 1) != 0;

    /// <summary>The pixels of a text, letters enlarged, from its left top corner.</summary>
    internal static IEnumerable<(int X, int Y)> Pixels(string text, int scale)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var pixel = 0; pixel < Width * Height * scale * scale; pixel++)
            {
                var (x, y) = (pixel % (Width * scale), pixel / (Width * scale));
                if (IsSet(text[i], x / scale, y / scale))
                    yield return ((i * Advance * scale) + x, y);
            }
        }
    }
}
