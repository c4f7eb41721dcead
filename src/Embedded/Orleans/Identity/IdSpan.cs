using System.Text;

namespace Orleans.Runtime;

/// <summary>A piece of an identifier. Upstream keeps UTF-8 bytes; here it is the string that they encode.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? _value;

    private IdSpan(string value) => _value = value;

    public IdSpan(byte[] value) => _value = Encoding.UTF8.GetString(value);

    public ReadOnlyMemory<byte> Value => Encoding.UTF8.GetBytes(Text);
    public bool IsDefault => string.IsNullOrEmpty(_value);
    internal string Text => _value ?? "";

    public static IdSpan Create(string id) => new(id);
    public ReadOnlySpan<byte> AsSpan() => Value.Span;

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode()
    {
        var hash = 2166136261u; // FNV-1a
        foreach (var c in Text) hash = (hash ^ c) * 16777619u;
        return hash;
    }

    public bool Equals(IdSpan obj) => string.Equals(_value, obj._value, StringComparison.Ordinal);
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);
    public int CompareTo(IdSpan other) => string.CompareOrdinal(_value, other._value);
    public override string ToString() => Text;

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
