using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Makes the states of an activation.</summary>
internal static class StateFactory
{
    private static readonly ConcurrentDictionary<Type, Func<Activation, IPersistentStateConfiguration, object>> Factories = new();

    public static Func<Activation, IPersistentStateConfiguration, object> FactoryFor(Type stateType) => Factories.GetOrAdd(stateType, static type =>
        typeof(StateFactory).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type).CreateDelegate<Func<Activation, IPersistentStateConfiguration, object>>());

    public static IStorage<TState> CreateForGrain<TState>(Activation activation, Type grainType)
    {
        var storageName = grainType.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName;
        return new PersistentState<TState>(activation, grainType.FullName!, StorageOf(activation, storageName));
    }

    private static PersistentState<TState> Create<TState>(Activation activation, IPersistentStateConfiguration configuration) =>
        new PersistentState<TState>(activation, configuration.StateName, StorageOf(activation, configuration.StorageName));

    private static IGrainStorage StorageOf(Activation activation, string? name)
    {
        var services = activation.ActivationServices;
        var storage = string.IsNullOrEmpty(name) ? services.GetService<IGrainStorage>() : services.GetKeyedService<IGrainStorage>(name);
        if (storage is not null) return storage;
        throw new BadProviderConfigException(string.IsNullOrEmpty(name)
            ? $"No default storage provider found for grain {activation.GrainId}: add one, for instance by AddMemoryGrainStorageAsDefault."
            : $"No storage provider named \"{name}\" found for grain {activation.GrainId}: add it, for instance by AddMemoryGrainStorage(\"{name}\").");
    }
}
