using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Runtime;

namespace Orchestrator.Architecture.Tests.Contracts;

/// <summary>
/// What crosses a grain call: in the upstream build it crosses machines and versions too. So calls are asynchronous, and what they carry is
/// immutable, serializable, and named independently of our type and member names.
/// </summary>
public sealed class GrainContractTests
{
    private static readonly Assembly Grains = Assembly.Load("Orchestrator.Grains");

    private static readonly Type[] Interfaces = [.. Grains.GetTypes().Where(t => t.IsInterface && (typeof(IAddressable).IsAssignableFrom(t) || typeof(IGrainObserver).IsAssignableFrom(t)))];

    private static readonly MethodInfo[] Methods = [.. Interfaces.SelectMany(i => i.GetMethods())];

    // Enumerations need nothing: Orleans writes their numbers.
    private static readonly Type[] Messages = [.. Methods.SelectMany(Carried).SelectMany(Parts).Distinct().Where(t => t.Assembly == Grains && !t.IsEnum && !Interfaces.Contains(t))];

    [Fact]
    public void Contracts_AreFound()
    {
        Assert.NotEmpty(Interfaces);
        Assert.NotEmpty(Messages);
    }

    [Fact]
    public void Interfaces_EachHasAnAliasOfItsOwn() => Assert.Equal(Interfaces.Length, Interfaces.Select(Alias).OfType<string>().Distinct().Count());

    [Fact]
    public void Methods_EachHasAnAliasOfItsOwn() =>
        Assert.All(Interfaces, i => Assert.Equal(i.GetMethods().Length, i.GetMethods().Select(Alias).OfType<string>().Distinct().Count()));

    [Fact]
    public void Methods_EachReturnsATask() => Assert.All(Methods, m => Assert.True(Awaited(m) is not null, $"{m.DeclaringType!.Name}.{m.Name} returns {m.ReturnType.Name}."));

    [Fact]
    public void Messages_EachIsSerializableUnderAnAlias()
    {
        Assert.All(Messages, t => Assert.True(Has(t, "GenerateSerializerAttribute"), $"{t.Name} lacks [GenerateSerializer]."));
        Assert.Equal(Messages.Length, Messages.Select(Alias).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void Messages_EachClassIsASealedImmutableRecord()
    {
        foreach (var type in Messages)
        {
            Assert.True(type.IsValueType || type.GetMethod("<Clone>$") is not null, $"{type.Name} is no record.");
            Assert.True(type.IsSealed, $"{type.Name} is not sealed.");
            Assert.All(State(type), p => Assert.True(p.SetMethod is null || IsInit(p.SetMethod), $"{type.Name}.{p.Name} can be changed."));
            Assert.Empty(type.GetFields(BindingFlags.Instance | BindingFlags.Public));
        }
    }

    [Fact]
    public void Messages_EachMemberHasAnIdOfItsOwn()
    {
        foreach (var type in Messages)
        {
            var ids = State(type).Select(p => p.GetCustomAttributesData().SingleOrDefault(a => a.AttributeType.Name == "IdAttribute")?.ConstructorArguments[0].Value).ToList();
            Assert.True(ids.TrueForAll(id => id is not null), $"{type.Name}: a member lacks [Id].");
            Assert.True(ids.Distinct().Count() == ids.Count, $"{type.Name}: two members share an [Id].");
        }
    }

    /// <summary>
    /// Upstream picks a serializer by the type of the object, and has none for what a collection expression makes for <c>IReadOnlyList</c>;
    /// these types are what they say.
    /// </summary>
    [Fact]
    public void Messages_Collections_AreImmutableTypes()
    {
        var carried = Methods.SelectMany(Carried).Concat(Messages.SelectMany(State).Select(p => p.PropertyType)).SelectMany(Parts).Distinct();

        Assert.All(carried.Where(t => t != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(t)), t => Assert.True(t.Namespace == "System.Collections.Immutable" && !t.IsInterface, t.ToString()));
    }

    private static IEnumerable<Type> Carried(MethodInfo method)
    {
        foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
        if (Awaited(method) is { } result && result != typeof(void)) yield return result;
    }

    /// <summary>What a call's task gives; void for nothing; null where it returns no task.</summary>
    private static Type? Awaited(MethodInfo method)
    {
        if (method.ReturnType == typeof(Task) || method.ReturnType == typeof(ValueTask)) return typeof(void);
        if (!method.ReturnType.IsGenericType) return null;
        return method.ReturnType.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)) ? method.ReturnType.GenericTypeArguments[0] : null;
    }

    /// <summary>A type, what it is made of, and what messages of ours it holds.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        yield return type;
        foreach (var part in type.GenericTypeArguments.SelectMany(Parts)) yield return part;
        if (type.Assembly != Grains || type.IsEnum || type.IsInterface) yield break;
        foreach (var part in State(type).SelectMany(p => Parts(p.PropertyType))) yield return part;
    }

    private static IEnumerable<PropertyInfo> State(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.GetMethod!.GetCustomAttribute<CompilerGeneratedAttribute>() is not null);

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool Has(MemberInfo member, string attribute) => member.GetCustomAttributesData().Any(a => a.AttributeType.Name == attribute);

    private static string? Alias(MemberInfo member) =>
        member.GetCustomAttributesData().SingleOrDefault(a => a.AttributeType.Name == "AliasAttribute")?.ConstructorArguments[0].Value as string;
}
