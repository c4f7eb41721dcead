using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Parameters;

/// <summary>
/// The parameters of one trial, by name, in the order of the name; immutable, equal by content.
/// Nested parameters have dotted names (<c>optimizer.learning_rate</c>).
/// </summary>
[JsonConverter(typeof(ParameterSetJsonConverter))]
public sealed class ParameterSet : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<ParameterSet>
{
    /// <summary>No parameters.</summary>
    public static readonly ParameterSet Empty = new(Array.Empty<KeyValuePair<string, ParameterValue>>());

    private readonly KeyValuePair<string, ParameterValue>[] _entries;

    /// <summary>Makes a set. The last of two entries with one name counts.</summary>
    public ParameterSet(IEnumerable<KeyValuePair<string, ParameterValue>> entries)
    {
        var sorted = new SortedDictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (name, value) in entries) sorted[name] = value;
        _entries = [.. sorted];
    }

    private ParameterSet(KeyValuePair<string, ParameterValue>[] sorted) => _entries = sorted;

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">There is no parameter of that name.</exception>
    public ParameterValue this[string name] =>
        TryGet(name, out var value) ? value : throw new KeyNotFoundException($"There is no parameter '{name}'; there are: {string.Join(", ", _entries.Select(e => e.Key))}.");

    /// <summary>Finds a value by name.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out ParameterValue value)
    {
        foreach (var entry in _entries)
        {
            if (!string.Equals(entry.Key, name, StringComparison.Ordinal)) continue;
            value = entry.Value;
            return true;
        }
        value = null;
        return false;
    }

    /// <summary>The same set with other instances of its names.</summary>
    internal ParameterSet WithNames(Func<string, string> same) => new(Array.ConvertAll(_entries, e => new KeyValuePair<string, ParameterValue>(same(e.Key), e.Value)));

    /// <summary>The set as one JSON object.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads a set from one JSON object.</summary>
    /// <exception cref="JsonException">The text is not one JSON object of plain values.</exception>
    public static ParameterSet FromJson(string json) => JsonSerializer.Deserialize<ParameterSet>(json) ?? Empty;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, ParameterValue>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ParameterSet? other) => other is not null && _entries.AsSpan().SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in _entries)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }
        return hash.ToHashCode();
    }

    /// <summary>Gives <c>name=value, name=value</c>.</summary>
    public override string ToString() => string.Join(", ", _entries.Select(e => $"{e.Key}={e.Value}"));
}
