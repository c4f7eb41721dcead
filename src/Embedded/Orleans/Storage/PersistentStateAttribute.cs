namespace Orleans.Runtime;

/// <summary>Says where the <see cref="IPersistentState{TState}"/> parameter of a grain's constructor is stored.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute, IFacetMetadata, IPersistentStateConfiguration
{
    public string StateName { get; } = stateName ?? throw new ArgumentNullException(nameof(stateName));

    /// <value>The name of the storage; the default one if null.</value>
    public string? StorageName { get; } = storageName;
}
