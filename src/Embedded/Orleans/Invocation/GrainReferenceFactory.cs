namespace Orleans.Runtime;

/// <summary>Makes typed references to grains and observers of one silo.</summary>
internal sealed class GrainReferenceFactory(SiloRuntime silo)
{
    public GrainReference Create(Type interfaceType, GrainId grainId) => ProxyEmitter.CreateInstance(interfaceType).Bind(silo, grainId);

    public GrainReference CreateUntyped(GrainId grainId) => new GrainReference().Bind(silo, grainId);
}
