using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OpenTelemetry.Exposition;

/// <summary>A growing buffer of UTF-8 that is kept from page to page.</summary>
internal sealed class PageBuffer
{
    private const int LongestNumber = 32;
    private static readonly SearchValues<char> LabelSpecials = SearchValues.Create("\\\"\n");
    private byte[] _bytes = new byte[16 * 1024];
    private int _length;
    private int _limit = int.MaxValue;
    private int _labels;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Empties the buffer.</summary>
    /// <param name="limit">The number of bytes beyond which writing fails.</param>
    public void Reset(int limit) => (_length, _limit) = (0, limit);

    public byte[] ToArray() => Written.ToArray();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    public void Write(string text)
    {
        var target = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, target);
    }

    public void Write(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(LongestNumber), out var written);
        _length += written;
    }

    /// <summary>Writes the shortest number that reads back as <paramref name="value"/>.</summary>
    public void Write(double value)
    {
        if (double.IsFinite(value))
        {
            value.TryFormat(Reserve(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
            _length += written;
        }
        else Write(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8);
    }

    /// <summary>Writes a number as a label's value: whole numbers have a ".0", so that the label is the same whoever writes it.</summary>
    public void WriteCanonical(double value)
    {
        var start = _length;
        Write(value);
        if (double.IsFinite(value) && _bytes.AsSpan(start, _length - start).IndexOfAny("."u8[0], "E"u8[0]) < 0) Write(".0"u8);
    }

    /// <summary>Writes text with backslash, quote and line feed escaped.</summary>
    public void WriteEscaped(string text)
    {
        var rest = text.AsSpan();
        for (var special = rest.IndexOfAny(LabelSpecials); special >= 0; special = rest.IndexOfAny(LabelSpecials))
        {
            WriteChars(rest[..special]);
            Write(rest[special] switch { '\n' => "\\n"u8, '"' => "\\\""u8, _ => "\\\\"u8 });
            rest = rest[(special + 1)..];
        }
        WriteChars(rest);
    }

    /// <summary>Opens a set of labels, each of which will be written with a comma in front.</summary>
    public void BeginLabels()
    {
        _labels = _length;
        Write("{"u8);
    }

    /// <summary>Closes the set, and drops its first comma.</summary>
    public void EndLabels()
    {
        if (_length > _labels + 1)
        {
            _bytes.AsSpan(_labels + 2, _length - _labels - 2).CopyTo(_bytes.AsSpan(_labels + 1));
            _length--;
        }
        Write("}"u8);
    }

    private void WriteChars(ReadOnlySpan<char> text)
    {
        var target = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, target);
    }

    private Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size) Grow(size);
        return _bytes.AsSpan(_length);
    }

    private void Grow(int size)
    {
        if ((long)_length + size > _limit)
            throw new InvalidOperationException($"The page is larger than MaxScrapeResponseSizeBytes ({_limit}): raise it, or expose fewer series.");
        Array.Resize(ref _bytes, (int)Math.Min(Math.Max(2L * _bytes.Length, (long)_length + size), Array.MaxLength));
    }
}
