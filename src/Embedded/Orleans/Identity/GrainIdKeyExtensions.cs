using System.Globalization;

namespace Orleans.Runtime;

/// <summary>How keys that are not strings are written: GUIDs as 32 digits, integers in hexadecimal, a key extension after a plus sign.</summary>
public static class GrainIdKeyExtensions
{
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X"));
    public static IdSpan CreateIntegerKey(long key, string? keyExtension) => WithExtension(key.ToString("X"), keyExtension);
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));
    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) => WithExtension(key.ToString("N"), keyExtension);

    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        return long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);
    }

    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        TryGetIntegerKey(grainId, out var key, out keyExt) ? key : throw new ArgumentException($"Unable to extract integer key from grain id {grainId}");

    public static long GetIntegerKey(this GrainId grainId) => GetIntegerKey(grainId, out _);

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        return Guid.TryParseExact(text, "N", out key);
    }

    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        TryGetGuidKey(grainId, out var key, out keyExt) ? key : throw new ArgumentException($"Unable to extract GUID key from grain id {grainId}");

    public static Guid GetGuidKey(this GrainId grainId) => GetGuidKey(grainId, out _);

    private static IdSpan WithExtension(string key, string? extension) =>
        IdSpan.Create(string.IsNullOrEmpty(extension) ? key : $"{key}+{extension}");

    private static string Split(GrainId grainId, out string? extension)
    {
        var key = grainId.Key.Text;
        var plus = key.IndexOf('+');
        extension = plus < 0 ? null : key[(plus + 1)..];
        return plus < 0 ? key : key[..plus];
    }
}
