using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>A grain class, what its attributes say, and how to construct it.</summary>
internal sealed class GrainClass
{
    private readonly Lazy<GrainConstructor> _constructor;

    public GrainClass(Type type, TimeSpan collectionAge)
    {
        Type = type;
        GrainType = TypeNameOf(type);
        CollectionAge = AgeOf(type) ?? collectionAge;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        IsFilter = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers;
        _constructor = new(() => new GrainConstructor(type));
    }

    public Type Type { get; }
    public GrainType GrainType { get; }
    public TimeSpan CollectionAge { get; }
    public bool IsReentrant { get; }

    /// <value>Whether the class filters its own calls.</value>
    public bool IsFilter { get; }

    /// <value>How many activations a grain may have at once; null for one, as usual.</value>
    public int? MaxWorkers { get; }

    public object CreateInstance(Activation activation) => _constructor.Value.Create(activation);

    private static TimeSpan? AgeOf(Type type) =>
        type.IsDefined(typeof(KeepAliveAttribute)) ? TimeSpan.MaxValue : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;

    private static GrainType TypeNameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named) return named.GetGrainType(null!, type);
        const string suffix = "grain";
        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length ? name[..^suffix.Length] : name);
    }
}
