namespace Orleans.Runtime;

/// <summary>The name of a grain class, as it stands in <see cref="GrainId"/>.</summary>
public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>
{
    private readonly IdSpan _value;

    public GrainType(IdSpan id) => _value = id;
    public GrainType(byte[] value) => _value = new IdSpan(value);

    public bool IsDefault => _value.IsDefault;
    public IdSpan Value => _value;

    public static GrainType Create(string value) => new(IdSpan.Create(value));
    public ReadOnlySpan<byte> AsSpan() => _value.AsSpan();
    public uint GetUniformHashCode() => _value.GetUniformHashCode();

    public bool Equals(GrainType obj) => _value.Equals(obj._value);
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);
    public override int GetHashCode() => _value.GetHashCode();
    public int CompareTo(GrainType other) => _value.CompareTo(other._value);
    public override string ToString() => _value.ToString();

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
