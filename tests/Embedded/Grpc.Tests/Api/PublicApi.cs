using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Grpc.Tests.Api;

/// <summary>The public members of an assembly, a line each, in the notation of the upstream listings: kind, name, parameters, type.</summary>
internal static class PublicApi
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> List(Assembly assembly) =>
        assembly.GetTypes().Where(t => IsVisible(t) && !IsGenerated(t)).SelectMany(List).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> List(Type type) =>
        type.GetMembers(All).Select(m => Line(Name(type), m)).OfType<string>().Prepend($"{Kind(type)} {Name(type)}");

    private static string? Line(string owner, MemberInfo member) => member switch
    {
        ConstructorInfo c when IsVisible(c) && !c.IsStatic => $"new {owner}({Parameters(c)})",
        MethodInfo m when IsVisible(m) && m.Name.StartsWith("op_", StringComparison.Ordinal) => $"operator {owner}.{m.Name}({Parameters(m)}) : {Name(m.ReturnType)}",
        MethodInfo m when IsVisible(m) && !m.IsSpecialName && !IsGenerated(m) => $"method {owner}.{m.Name}{Arity(m)}({Parameters(m)}) : {Name(m.ReturnType)}",
        PropertyInfo p when IsVisible(p.GetMethod) || IsVisible(p.SetMethod) => $"property {owner}.{p.Name}{Index(p)} : {Name(p.PropertyType)}",
        FieldInfo { IsSpecialName: false } f when f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly => $"field {owner}.{f.Name} : {Name(f.FieldType)}",
        EventInfo e when IsVisible(e.AddMethod) => $"event {owner}.{e.Name} : {Name(e.EventHandlerType!)}",
        _ => null,
    };

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static bool IsVisible(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsGenerated(MemberInfo member) => member.Name.Contains('<') && member.IsDefined(typeof(CompilerGeneratedAttribute), false);

    private static string Kind(Type type)
    {
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return "enum";
        if (type.IsValueType) return "struct";
        return typeof(Delegate).IsAssignableFrom(type) ? "delegate" : "class";
    }

    private static string Arity(MethodInfo method) => method.IsGenericMethodDefinition ? $"<{method.GetGenericArguments().Length}>" : "";

    private static string Index(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo p) =>
        $"{(p.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "")}{Name(p.ParameterType)} {p.Name}{(p.IsOptional ? " =" : "")}";

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!) + "&";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        var prefix = type.IsNested ? Name(type.DeclaringType!) + "." : type.Namespace is { } space ? space + "." : "";
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        var text = new StringBuilder(prefix).Append(tick < 0 ? type.Name : type.Name[..tick]);
        if (!type.IsGenericType || tick < 0) return text.ToString();
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0);
        return text.Append('<').AppendJoin(", ", own.Select(Name)).Append('>').ToString();
    }
}
