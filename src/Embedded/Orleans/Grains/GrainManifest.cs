using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The grain classes of the program, by name and by interface.</summary>
internal sealed class GrainManifest
{
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> _byInterface = new();

    public GrainManifest(IEnumerable<Type> types, Func<Type, TimeSpan> collectionAge)
    {
        foreach (var type in types)
        {
            var grainClass = new GrainClass(type, collectionAge(type));
            if (!_classes.TryAdd(grainClass.GrainType, grainClass) && _classes[grainClass.GrainType].Type != type)
                throw new OrleansConfigurationException(
                    $"{type} and {_classes[grainClass.GrainType].Type} have the same grain type \"{grainClass.GrainType}\": give one a [GrainType].");
        }
    }

    public GrainClass ClassOf(GrainType grainType) =>
        _classes.TryGetValue(grainType, out var grainClass) ? grainClass : throw new ArgumentException($"There is no grain class of type \"{grainType}\".");

    /// <summary>The class that implements an interface.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one and no rule to choose by.</exception>
    public GrainType GrainTypeOf(Type interfaceType, string? prefix) => _byInterface.GetOrAdd((interfaceType, prefix), Choose);

    private GrainType Choose((Type Interface, string? Prefix) key)
    {
        var candidates = _classes.Values.Where(c => key.Interface.IsAssignableFrom(c.Type)).ToList();
        if (!string.IsNullOrEmpty(key.Prefix))
            candidates = [.. candidates.Where(c => c.Type.FullName!.StartsWith(key.Prefix, StringComparison.Ordinal) || c.Type.Name.StartsWith(key.Prefix, StringComparison.Ordinal))];
        if (candidates.Count > 1 && candidates.Find(c => $"I{c.Type.Name}" == key.Interface.Name) is { } namesake) candidates = [namesake];
        return candidates switch
        {
            [var only] => only.GrainType,
            [] => throw new ArgumentException($"Could not find an implementation for interface {key.Interface}"),
            _ => throw new ArgumentException(
                $"Unable to choose an implementation for interface {key.Interface}: {string.Join(", ", candidates.Select(c => c.Type))}. Give grainClassNamePrefix."),
        };
    }
}
