using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The identity of a grain, written <c>type/key</c>.</summary>
public readonly struct GrainId : IEquatable<GrainId>, IComparable<GrainId>
{
    public GrainId(GrainType type, IdSpan key)
    {
        Type = type;
        Key = key;
    }

    public GrainType Type { get; }
    public IdSpan Key { get; }
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);
    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <exception cref="FormatException">There is no slash in <paramref name="value"/>.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new FormatException($"Unable to parse \"{value}\" as a grain id: expected type/key.");

    public static bool TryParse([NotNullWhen(true)] string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/') ?? -1;
        result = slash < 0 ? default : Create(value![..slash], value[(slash + 1)..]);
        return slash >= 0;
    }

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => (Type.GetUniformHashCode() * 31) ^ Key.GetUniformHashCode();

    public bool Equals(GrainId other) => Type.Equals(other.Type) && Key.Equals(other.Key);
    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);
    public override int GetHashCode() => (Type.GetHashCode() * 397) ^ Key.GetHashCode();

    public int CompareTo(GrainId other)
    {
        var byType = Type.CompareTo(other.Type);
        return byType != 0 ? byType : Key.CompareTo(other.Key);
    }

    public override string ToString() => $"{Type}/{Key}";

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
