using System.Buffers;
using System.Text;

namespace Grpc.Protocol;

/// <summary>The encoding of <c>grpc-message</c>: UTF-8, with every byte outside printable ASCII, and <c>%</c>, as <c>%XX</c>.</summary>
internal static class PercentEncoding
{
    private static readonly SearchValues<char> Unescaped =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(c => (char)c).Where(c => c != '%')]);

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Unescaped)) return text;
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (Unescaped.Contains((char)b)) encoded.Append((char)b);
            else encoded.Append('%').Append(b.ToString("X2", null));
        }

        return encoded.ToString();
    }

    /// <summary>What is not a valid escape stays as it is: a status message is for people, and a broken one is better than none.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%')) return text;
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        var written = 0;
        for (var i = 0; i < length; written++)
        {
            if (bytes[i] == '%' && i + 2 < length && TryHex(bytes[i + 1], bytes[i + 2], out var value))
            {
                bytes[written] = value;
                i += 3;
            }
            else
            {
                bytes[written] = bytes[i++];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, written);
    }

    private static bool TryHex(byte high, byte low, out byte value)
    {
        value = 0;
        if (!char.IsAsciiHexDigit((char)high) || !char.IsAsciiHexDigit((char)low)) return false;
        value = Convert.FromHexString([(char)high, (char)low])[0];
        return true;
    }
}
