using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that enumerates in the order of insertion.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
    where TKey : notnull
{
    private readonly List<(TKey Key, TValue Value)> _list = [];
    private readonly Dictionary<TKey, TValue> _dictionary = [];

    public int Count => _list.Count;

    public bool IsReadOnly => false;

    public ICollection<TKey> Keys => [.. _list.Select(entry => entry.Key)];

    public ICollection<TValue> Values => [.. _list.Select(entry => entry.Value)];

    public (TKey, TValue) this[int index]
    {
        get => _list[index];
        set
        {
            _dictionary.Remove(_list[index].Key);
            _dictionary.Add(value.Item1, value.Item2);
            _list[index] = value;
        }
    }

    public TValue this[TKey key]
    {
        get => _dictionary[key];
        set
        {
            if (!_dictionary.ContainsKey(key))
            {
                Add(key, value);
                return;
            }

            _list[Position(key)] = (key, value);
            _dictionary[key] = value;
        }
    }

    public IEnumerable<TKey> keys() => Keys;

    public IEnumerable<TValue> values() => Values;

    public IEnumerator<(TKey, TValue)> items() => GetEnumerator();

    public IEnumerator<(TKey, TValue)> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        _list.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)).GetEnumerator();

    public void Add(TKey key, TValue value)
    {
        _dictionary.Add(key, value);
        _list.Add((key, value));
    }

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    public void Insert(int index, (TKey, TValue) item)
    {
        _dictionary.Add(item.Item1, item.Item2);
        _list.Insert(index, item);
    }

    public void clear() => Clear();

    public void Clear()
    {
        _dictionary.Clear();
        _list.Clear();
    }

    public bool ContainsKey(TKey key) => _dictionary.ContainsKey(key);

    public bool Contains((TKey, TValue) item) => _list.Contains(item);

    public bool Contains(KeyValuePair<TKey, TValue> item) => _dictionary.Contains(item);

    public int IndexOf((TKey, TValue) item) => _list.IndexOf(item);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _dictionary.TryGetValue(key, out value);

    public bool Remove(TKey key)
    {
        if (!_dictionary.Remove(key)) return false;
        _list.RemoveAt(Position(key));
        return true;
    }

    public bool Remove((TKey, TValue) item) => Contains(item) && Remove(item.Item1);

    public bool Remove(KeyValuePair<TKey, TValue> item) => Contains(item) && Remove(item.Key);

    public void RemoveAt(int index) => Remove(_list[index].Key);

    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var (key, value) in _list) array[arrayIndex++] = KeyValuePair.Create(key, value);
    }

    private int Position(TKey key) => _list.FindIndex(entry => EqualityComparer<TKey>.Default.Equals(entry.Key, key));
}
