using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace OpenTelemetry.Exposition;

/// <summary>Writes labels. The names come from code and are few, so their bytes are kept; the values are not.</summary>
internal static class LabelWriter
{
    private const int MaxKeptNames = 4096;
    private static readonly ConcurrentDictionary<string, byte[]> KeptNames = new(StringComparer.Ordinal);

    /// <summary>Writes <c>,name="value"</c>.</summary>
    public static void Write(PageBuffer page, string name, object? value) => Write(page, NameBytes(name), value);

    public static void Write(PageBuffer page, byte[] name, object? value)
    {
        page.Write(","u8);
        page.Write(name);
        page.Write("=\""u8);
        WriteValue(page, value);
        page.Write("\""u8);
    }

    /// <summary>Writes the tags of a series after its <paramref name="reserved"/> label, if it has one.</summary>
    public static void WriteTags(PageBuffer page, ReadOnlyTagCollection tags, string? reserved)
    {
        if (HasCollision(tags, reserved))
        {
            WriteMerged(page, tags, reserved);
            return;
        }
        foreach (var tag in tags) Write(page, tag.Key, tag.Value);
    }

    public static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        Array array => $"[{string.Join(",", array.Cast<object?>().Select(TextOf))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void WriteValue(PageBuffer page, object? value)
    {
        if (value is string text) page.WriteEscaped(text);
        else if (value is long number) page.Write(number);
        else if (value is int small) page.Write(small);
        else if (value is double real) page.WriteCanonical(real);
        else page.WriteEscaped(TextOf(value));
    }

    private static byte[] NameBytes(string name)
    {
        if (KeptNames.TryGetValue(name, out var bytes)) return bytes;
        bytes = Encoding.UTF8.GetBytes(Names.Label(name));
        if (KeptNames.Count < MaxKeptNames) KeptNames.TryAdd(name, bytes);
        return bytes;
    }

    private static bool HasCollision(ReadOnlyTagCollection tags, string? reserved)
    {
        if (tags.Count == 0) return false;
        var outer = 0;
        foreach (var tag in tags)
        {
            var name = NameBytes(tag.Key);
            if (reserved is not null && name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(reserved))) return true;
            var inner = 0;
            foreach (var other in tags)
            {
                if (inner++ >= outer) break;
                if (name.AsSpan().SequenceEqual(NameBytes(other.Key))) return true;
            }
            outer++;
        }
        return false;
    }

    // Tags that come to the same label are joined with semicolons in the order of their keys, as the specification says; a reserved one is left out.
    private static void WriteMerged(PageBuffer page, ReadOnlyTagCollection tags, string? reserved)
    {
        var all = new List<KeyValuePair<string, object?>>();
        foreach (var tag in tags) all.Add(tag);
        var groups = all.OrderBy(t => t.Key, StringComparer.Ordinal).GroupBy(t => Names.Label(t.Key), StringComparer.Ordinal);
        foreach (var group in groups.Where(g => g.Key != reserved))
            Write(page, group.Key, string.Join(';', group.Select(t => TextOf(t.Value))));
    }
}
