using Orleans.Runtime;

namespace Orleans;

internal sealed class GrainFactory(SiloRuntime silo) : IClusterClient
{
    public IServiceProvider ServiceProvider => silo.Services;

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithGuidKey =>
        Get<T>(GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithIntegerKey =>
        Get<T>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Get<T>(IdSpan.Create(primaryKey), grainClassNamePrefix);
    }

    public T GetGrain<T>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null) where T : IGrainWithGuidCompoundKey =>
        Get<T>(GrainIdKeyExtensions.CreateGuidKey(primaryKey, CheckExtension(keyExtension)), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null) where T : IGrainWithIntegerCompoundKey =>
        Get<T>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey, CheckExtension(keyExtension)), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)(object)Get(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)(object)Get(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)(object)Get(grainInterfaceType, IdSpan.Create(grainPrimaryKey), null);

    public T GetGrain<T>(GrainId grainId) where T : IAddressable => (T)(object)silo.References.Create(typeof(T), grainId);

    public T CreateObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => (T)(object)silo.Observers.Add(typeof(T), obj);

    public void DeleteObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => silo.Observers.Remove(obj);

    private T Get<T>(IdSpan key, string? prefix) => (T)(object)Get(typeof(T), key, prefix);

    private GrainReference Get(Type interfaceType, IdSpan key, string? prefix) =>
        silo.References.Create(interfaceType, new GrainId(silo.Manifest.GrainTypeOf(interfaceType, prefix), key));

    private static string CheckExtension(string keyExtension)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyExtension);
        return keyExtension;
    }
}
