using Orleans.Runtime;

namespace Orleans;

/// <summary>Names the grain type of a class. Without it the type is the class name in lower case, less the suffix "grain".</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    private readonly GrainType _grainType = GrainType.Create(grainType);

    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
