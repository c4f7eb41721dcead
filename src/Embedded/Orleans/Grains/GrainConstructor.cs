using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Constructs a grain: states from its storage, its context, and the rest from the services of the activation.</summary>
internal sealed class GrainConstructor
{
    private readonly ObjectFactory _factory;
    private readonly Func<Activation, object>[] _facets;

    public GrainConstructor(Type type)
    {
        var parameters = Facets(type);
        _facets = [.. parameters.Select(FacetFactory)];
        _factory = ActivatorUtilities.CreateFactory(type, [.. parameters.Select(p => p.ParameterType)]);
    }

    public object Create(Activation activation)
    {
        var facets = new object?[_facets.Length];
        for (var i = 0; i < facets.Length; i++) facets[i] = _facets[i](activation);
        return _factory(activation.ActivationServices, facets);
    }

    private static List<ParameterInfo> Facets(Type type)
    {
        var constructors = type.GetConstructors();
        var constructor = constructors.FirstOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute))) ?? constructors.FirstOrDefault();
        return constructor is null ? [] : [.. constructor.GetParameters().Where(p => IsContext(p) || p.IsDefined(typeof(PersistentStateAttribute)))];
    }

    private static bool IsContext(ParameterInfo parameter) => parameter.ParameterType == typeof(IGrainContext);

    private static Func<Activation, object> FacetFactory(ParameterInfo parameter)
    {
        if (IsContext(parameter)) return activation => activation;
        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new ArgumentException($"[PersistentState] is on parameter {parameter.Name} of {parameter.Member.DeclaringType}, which is not an IPersistentState<T>.");
        var create = StateFactory.FactoryFor(type.GetGenericArguments()[0]);
        return activation => create(activation, attribute);
    }
}
